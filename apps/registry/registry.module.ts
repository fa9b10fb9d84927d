import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Recorder } from '#recording';
import { CommandsController } from './commands.controller';
import { RecordEntryHandler } from './record-entry';
import { RegistrySettings } from './settings';

/** The agency side: the command API. */
@Module({})
export class RegistryModule {
  static forRoot(recorder: Pick<Recorder, 'record'>, settings: RegistrySettings): DynamicModule {
    return {
      module: RegistryModule,
      imports: [CqrsModule],
      controllers: [CommandsController],
      providers: [
        RecordEntryHandler,
        { provide: Recorder, useValue: recorder },
        { provide: RegistrySettings, useValue: settings },
      ],
    };
  }
}
