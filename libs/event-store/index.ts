export * from './event-store';
export * from './errors';
export { MAX_APPEND_BYTES } from './admission';
export { openEmbeddedLog } from './embedded/embedded-event-store';
export type { EmbeddedEventStore, EmbeddedLogOptions } from './embedded/embedded-event-store';
export { openEventStoreDbLog } from './eventstoredb/eventstoredb-event-store';
export type { EventStoreDbOptions, OnNotice } from './eventstoredb/eventstoredb-event-store';
export type { Patience } from './eventstoredb/patience';
