import { Module } from '@nestjs/common';
import type { Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { dateOf } from '#domain';
import type { EventStore } from '#event-store';
import type { Files } from '#files';
import { acceptForms } from '#http';
import type { HttpServer, Room } from '#process';
import { RegistrySettings } from '../settings';
import { countUploads } from '../upload-rate';
import { ApplyController } from './apply.controller';
import { sealedApi } from './description';
import { SealedCalls } from './sealed-calls';
import { Clock, SealedController } from './sealed.controller';

@Module({})
class SealedModule {}

/** The largest sealed application with what sealing adds, in bytes. */
const MOST = 8 * 1024 * 1024 + 1024;

export interface SealedParts {
  readonly store: EventStore;
  readonly files: Files;
  readonly settings: RegistrySettings;
  readonly clock: () => string;
  /** What its guard asks: who sends a request, and what they may do. */
  readonly guards: readonly Provider[];
}

/** Sealed applications, from handing in to reading them after the opening. */
export const sealedRoom = ({ store, files, settings, clock, guards }: SealedParts): Room => ({
  module: {
    module: SealedModule,
    imports: [CqrsModule],
    controllers: [SealedController, ApplyController],
    providers: [
      ...guards,
      {
        provide: SealedCalls,
        useValue: new SealedCalls(store, files, () => dateOf(clock(), settings.profile.timeZone)),
      },
      { provide: Clock, useValue: { now: clock } satisfies Clock },
    ],
  },
  api: sealedApi,
  prepare: async (server) => {
    await acceptForms(server);
    countUploads(server, settings);
    takesCiphertexts(server);
  },
});

function takesCiphertexts(server: HttpServer): void {
  if (server.hasContentTypeParser('application/octet-stream')) return;
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MOST }, (_, body, done) =>
    done(null, body),
  );
}
