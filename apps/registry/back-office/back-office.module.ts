import { Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { FastifyInstance } from 'fastify';
import type { Profile } from '#domain';
import type { EventStore } from '#event-store';
import { Recorder } from '#recording';
import { OfficeAccess } from './access';
import { Desk } from './desk';
import { EntryController } from './entry.controller';
import { acceptForms } from '#http';
import { ImportController } from './import.controller';
import { Imports } from './imports';
import { Means } from './means';
import { Office } from './office';
import { OfficeController } from './office.controller';
import { People } from './people';
import type { PeopleParts } from './people';
import { PeopleController } from './people.controller';
import { ProgramTokensController } from './program-tokens.controller';
import { OfficeReports } from './reports';
import { ReturnCounting } from '../return-counting';

export interface BackOfficeOptions {
  readonly recorder: Recorder;
  readonly store: EventStore;
  readonly profile: Profile;
  readonly access: OfficeAccess;
  /** Counts the annual returns that are asked for. */
  readonly counting: ReturnCounting;
  /** Search and the list of overdue duties, where the read database is at hand. */
  readonly reports?: OfficeReports;
  /** Who has an account and how they sign in, where people sign in here. */
  readonly people?: PeopleParts;
}

/** The pages on which officers record entries. Needs RegistryModule in the same process, whose handler records what the pages send. */
@Module({})
export class BackOfficeModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  async onModuleInit(): Promise<void> {
    await acceptForms(this.host.httpAdapter.getInstance<FastifyInstance>());
  }

  static forRoot({ recorder, store, profile, access, counting, reports, people }: BackOfficeOptions): DynamicModule {
    return {
      module: BackOfficeModule,
      imports: [CqrsModule],
      controllers: [OfficeController, ImportController, PeopleController, ProgramTokensController, EntryController],
      providers: [
        Office,
        Means,
        { provide: Recorder, useValue: recorder },
        { provide: Imports, useValue: new Imports(store, recorder, profile, access) },
        { provide: Desk, useValue: new Desk(store, profile) },
        { provide: OfficeAccess, useValue: access },
        { provide: ReturnCounting, useValue: counting },
        { provide: People, useValue: new People(people) },
        { provide: OfficeReports, useValue: reports ?? new OfficeReports() },
      ],
    };
  }
}
