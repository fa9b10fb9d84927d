import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { dateOf } from '#domain';
import type { EventStore } from '#event-store';
import type { Files } from '#files';
import type { HttpServer, Room } from '#process';
import { takesUploads } from '../files.module';
import { RegistrySettings } from '../settings';
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
}

/** Sealed applications, from handing in to reading them after the opening. */
export const sealedRoom = ({ store, files, settings, clock }: SealedParts): Room => ({
  module: {
    module: SealedModule,
    imports: [CqrsModule],
    controllers: [SealedController, ApplyController],
    providers: [
      {
        provide: SealedCalls,
        useValue: new SealedCalls(store, files, () => dateOf(clock(), settings.profile.timeZone)),
      },
      { provide: RegistrySettings, useValue: settings },
      { provide: Clock, useValue: { now: clock } satisfies Clock },
    ],
  },
  api: sealedApi,
  prepare: async (server) => {
    await takesUploads(server);
    takesCiphertexts(server);
  },
});

function takesCiphertexts(server: HttpServer): void {
  if (server.hasContentTypeParser('application/octet-stream')) return;
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MOST }, (_, body, done) =>
    done(null, body),
  );
}
