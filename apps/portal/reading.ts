import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Profile } from '#domain';
import { dateOf } from '#domain';
import { failed } from '#http';
import { NotBuiltYet, positionOf } from '#read-models';
import type { ReadDatabase } from '#read-models';

const WAIT_MS = 5000;
const LOOK_AGAIN_MS = 20;

/** What every page and query of the portal reads from: the read database and nothing else. */
@Injectable()
export class Reading {
  constructor(
    readonly database: ReadDatabase,
    readonly profile: Profile,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** The calendar day at the authority's seat. */
  today(): string {
    return dateOf(this.clock().toISOString(), this.profile.timeZone);
  }

  /** Waits until the answer can hold the event at a position, as one who has just recorded it expects. */
  async reach(position: number | undefined): Promise<void> {
    if (position === undefined) return;
    const deadline = Date.now() + WAIT_MS;
    while ((await positionOf(this.database)) < position) {
      if (Date.now() > deadline) {
        throw failed(
          'unavailable',
          `The reports have not reached log position ${position} yet. Try again in a moment.`,
        );
      }
      await pause(LOOK_AGAIN_MS);
    }
  }

  /**
   * Answers 304 when the reader has this already: what is read changes with the log position, and with the day, for clocks count days.
   * True when the answer is given.
   */
  async unchanged(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const etag = `W/"${await positionOf(this.database)}.${this.today()}"`;
    void reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept-language' });
    if (request.headers['if-none-match'] !== etag) return false;
    await reply.status(304).send();
    return true;
  }
}

/** A read model that is being built is a reason to wait, not a failure. */
export async function orBuilding<Result>(query: Promise<Result>): Promise<Result> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof NotBuiltYet) throw failed('unavailable', error.message);
    throw error;
  }
}
