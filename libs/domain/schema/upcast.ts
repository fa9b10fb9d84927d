import type { NewEvent } from '../event';
import type { EventDefinition } from './definition';

/** An event this code cannot read: its type or version is not in the catalogue. Never skipped, always reported. */
export class UnknownEvent extends Error {
  constructor(
    readonly type: string,
    readonly version: number,
    known: number | undefined,
  ) {
    super(
      known === undefined
        ? `The event type ${type} is not in this version's catalogue. Run the version that wrote it, or a newer one.`
        : `${type} has version ${version}; this code knows versions 1 to ${known}. Run the version that wrote it, or a newer one.`,
    );
    this.name = 'UnknownEvent';
  }
}

/** The event in the current version of its schema. Cheap when it already is. */
export function upcast<E extends Pick<NewEvent, 'type' | 'version' | 'data'>>(
  event: E,
  definition: EventDefinition | undefined,
): E {
  if (definition?.version === event.version) return event;
  if (!definition || event.version > definition.version || !(event.version >= 1)) {
    throw new UnknownEvent(event.type, event.version, definition?.version);
  }
  const data = definition.upcasts.slice(event.version - 1).reduce((older, step) => step(older), event.data);
  return { ...event, version: definition.version, data };
}
