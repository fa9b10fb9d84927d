import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestFailed, requestProblem } from '#http';
import { SignInPlace } from './options';
import { attemptOf } from './visit';

type Limit = ReturnType<FastifyInstance['createRateLimit']>;

/** How many requests a minute are taken, and the problem for whoever sends more (RFC 6585 §4). */
@Injectable()
export class RateLimits {
  private readonly limits = new Map<string, Limit>();
  private readonly fastify: FastifyInstance;

  constructor({ httpAdapter }: HttpAdapterHost) {
    this.fastify = httpAdapter.getInstance<FastifyInstance>();
  }

  /** Counts a request under its key. Throws RequestFailed when there were more than `most` in the minute. */
  async admit(name: string, request: FastifyRequest, most: number, key: Key): Promise<void> {
    const limit =
      this.limits.get(name) ?? this.fastify.createRateLimit({ max: most, timeWindow: 60_000, keyGenerator: key });
    this.limits.set(name, limit);
    const counted = await limit(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    const seconds = Math.max(1, counted.ttlInSeconds);
    throw new RequestFailed(
      requestProblem('too-many-requests', `At most ${most} requests a minute are taken here. Wait ${seconds} s.`),
      { 'retry-after': String(seconds) },
    );
  }
}

type Key = (request: FastifyRequest) => string | Promise<string>;

/** On everything that guesses could be made with: so many posts a minute from one address. */
@Injectable()
export class SignInRate implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly place: SignInPlace,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method === 'POST' || request.url.startsWith('/sign-in/openid')) {
      await this.limits.admit('sign-in', request, this.place.perMinute.signIn, (each) => attemptOf(each).address);
    }
    return true;
  }
}

/** On commands: so many a minute by one account, or one token; by one address for those who are nobody. */
@Injectable()
export class CommandRate implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly place: SignInPlace,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    await this.limits.admit('commands', request, this.place.perMinute.commands, async (each) => {
      const who = await this.place.signIn.identification.identify(each);
      return who ? `${who.by}:${who.account}` : `address:${attemptOf(each).address}`;
    });
    return true;
  }
}
