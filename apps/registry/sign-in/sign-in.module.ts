import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { acceptForms } from '#http';
import { AccountController } from './account.controller';
import { FirstStepsController } from './first-steps.controller';
import { OpenIdController } from './openid.controller';
import { SignInPlace, placeOf } from './options';
import type { SignInModuleOptions } from './options';
import { OwnRequests } from './own-requests.guard';
import { CommandRate, RateLimits, SignInRate } from './rate-limits';
import { SignInController } from './sign-in.controller';
import { Visits } from './visit';

/** The pages on which people prove who they are, and the guards other rooms use: OwnRequests, CommandRate. */
@Module({})
export class SignInModule {
  constructor({ httpAdapter }: HttpAdapterHost) {
    void acceptForms(httpAdapter.getInstance<FastifyInstance>());
  }

  static forRoot(options: SignInModuleOptions): DynamicModule {
    return {
      module: SignInModule,
      controllers: [SignInController, OpenIdController, FirstStepsController, AccountController],
      providers: [
        { provide: SignInPlace, useValue: placeOf(options) },
        Visits,
        RateLimits,
        SignInRate,
        CommandRate,
        OwnRequests,
      ],
      exports: [SignInPlace, Visits, RateLimits, CommandRate, OwnRequests],
    };
  }
}
