import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AssetRecorder } from '#recording';
import { AssetCommandsController } from './asset-commands.controller';
import { RecordEntryHandler } from './record-entry';
import { RegistrySettings } from './settings';

/** The agency side: the command API. */
@Module({})
export class RegistryModule {
  static forRoot(recorder: AssetRecorder, settings: RegistrySettings): DynamicModule {
    return {
      module: RegistryModule,
      imports: [CqrsModule],
      controllers: [AssetCommandsController],
      providers: [
        RecordEntryHandler,
        { provide: AssetRecorder, useValue: recorder },
        { provide: RegistrySettings, useValue: settings },
      ],
    };
  }
}
