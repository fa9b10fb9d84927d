import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Roster } from '#access';
import { EventStore } from '#event-store';
import { Recorder } from '#recording';
import { AccessControl } from './access-control';
import { CommandsController } from './commands.controller';
import { LocalRequests } from './local-requests.guard';
import { OwnAccountController } from './own-account.controller';
import { RecordEntryHandler } from './record-entry';
import { RestrictedController } from './restricted.controller';
import { RegistrySettings } from './settings';

/** The agency side: the command API, and where people sign in also what not everybody may see. */
@Module({})
export class RegistryModule {
  static forRoot(
    recorder: Pick<Recorder, 'record' | 'situation'>,
    settings: RegistrySettings,
    store: EventStore,
    access = new AccessControl(recorder, settings),
  ): DynamicModule {
    return {
      module: RegistryModule,
      imports: [CqrsModule],
      controllers: [
        CommandsController,
        ...(settings.identification ? [RestrictedController, OwnAccountController] : []),
      ],
      providers: [
        RecordEntryHandler,
        LocalRequests,
        { provide: AccessControl, useValue: access },
        { provide: Recorder, useValue: recorder },
        { provide: RegistrySettings, useValue: settings },
        { provide: EventStore, useValue: store },
        { provide: Roster, useValue: new Roster(store) },
      ],
    };
  }
}
