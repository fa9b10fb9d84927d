import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { acceptForms } from '#http';
import { AskController } from './ask.controller';
import { Asking } from './asking';

/** Where anybody asks a question or reports what they saw. The form lies beside the log, for the public pages have none to write to. */
@Module({})
export class AskModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  static forRoot(asking: Asking): DynamicModule {
    return { module: AskModule, controllers: [AskController], providers: [{ provide: Asking, useValue: asking }] };
  }

  /** What forms send is read, and counted by address where a route asks for it. */
  async onModuleInit(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    await acceptForms(server);
  }
}
