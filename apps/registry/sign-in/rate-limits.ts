import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Identification } from '#access';
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
    throw tooMany(most, counted.ttlInSeconds);
  }
}

type Key = (request: FastifyRequest) => string | Promise<string>;

/** What is said to whoever sent more than `most` in the minute, with the time to wait. */
export function tooMany(most: number, toWait: number): RequestFailed {
  const seconds = Math.max(1, toWait);
  return new RequestFailed(
    requestProblem('too-many-requests', `At most ${most} requests a minute are taken here. Wait ${seconds} s.`),
    { 'retry-after': String(seconds) },
  );
}

/**
 * Whose request it is, for counting: an account's, by its sessions or by its tokens, however many of them; the address's where nobody is known. A token or a session that is not good is nobody:
 * making up one after another counts by the address.
 */
export async function senderOf(request: FastifyRequest, identification: Identification | undefined): Promise<string> {
  const who = await identification?.identify(request);
  return who ? `${who.by}:${who.account}` : `address:${attemptOf(request).address}`;
}

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

/** On commands: so many a minute by one account; by one address for those who are nobody. */
@Injectable()
export class CommandRate implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly place: SignInPlace,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { perMinute, signIn } = this.place;
    await this.limits.admit('commands', request, perMinute.commands, (each) => senderOf(each, signIn.identification));
    return true;
  }
}
