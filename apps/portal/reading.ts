import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dateOf, isAssetId, lastInstantOf } from '#domain';
import type { Instant, LegalDate, Moment, Profile } from '#domain';
import { ASKED_EACH_TIME, KEPT_FOR_AN_HOUR, RequestFailed, failed, matches, requestProblem, sendAgain } from '#http';
import { startedAt } from '#process';
import { NotBuiltYet, assetPages, positionOf, registerTotal } from '#read-models';
import type { AssetPage, DayNote, Now, ReadDatabase, RegisterQuery, RegisterTotal } from '#read-models';
import { MAX_ROWS } from './api/workbook';
import { KeptAnswers } from './kept-answers';
import type { Kept } from './kept-answers';

const WAIT_MS = 5000;
const LOOK_AGAIN_MS = 20;

/** The days of knowledge beside a reading, and the one it is of. */
export interface Known {
  /** What is read is as it was known at the end of this day (UTC); undefined where it is as it is known now. */
  readonly day?: LegalDate;
  /** The days that can be asked for, the latest first. */
  readonly kept: () => Promise<readonly DayNote[]>;
  /** Names these days, for tags. */
  readonly mark: () => string;
}

const NONE_KEPT: Known = { kept: () => Promise.resolve([]), mark: () => '' };

/** What every page and query of the portal reads from: the read database and nothing else. */
@Injectable()
export class Reading {
  private readonly totals = new KeptAnswers<RegisterTotal>();

  constructor(
    readonly database: ReadDatabase,
    readonly profile: Profile,
    private readonly clock: () => Date = () => new Date(),
    /** Where the form for questions is: the registry's public address, empty for this very server, undefined where none is offered. */
    readonly asking?: string,
    /** Where officers sign in: the registry's public address, empty for this very server, undefined where none is offered. */
    readonly signIn?: string,
    /** So many rows a workbook may have. */
    readonly workbookRows: number = MAX_ROWS,
    readonly known: Known = NONE_KEPT,
  ) {}

  /** The same reading, as of a day of knowledge or beside some. */
  as(known: Known): Reading {
    return new Reading(this.database, this.profile, this.clock, this.asking, this.signIn, this.workbookRows, known);
  }

  /** The calendar day at the authority's seat; of a day of knowledge that day, wherever its last hour fell. */
  today(): LegalDate {
    return this.known.day ?? dateOf(this.clock().toISOString(), this.profile.timeZone);
  }

  /**
   * Waits until the answer holds the event at a position, as one who has just recorded it expects; then answers 304 when the reader has this
   * answer already, and with what was sent before where nothing changed since. What is read changes with the log position, and with the day, for clocks count days; `also` says what else it changes with. Answers to
   * questions of which there is no end, such as views of a map, are not kept for others: asked `once` each, they would push out those that many ask for. True when the answer is given.
   */
  async unchanged(
    request: FastifyRequest,
    reply: FastifyReply,
    after?: number,
    also?: () => Promise<string>,
    asked: 'often' | 'once' = 'often',
  ): Promise<boolean> {
    const position = await this.reached(after);
    const tag = this.tag(position, also && (await orBuilding(also())));
    // Who waits for what was just recorded is not to be shown what was there before.
    void reply.headers({ etag: tag, 'cache-control': after === undefined ? this.keep : 'public, no-cache' });
    if (!matches(request.headers['if-none-match'], tag)) return asked === 'often' && sendAgain(request, reply, tag);
    await reply.status(304).send();
    return true;
  }

  /** What was known on a day does not change; it is made anew by hand, after a change of the program. */
  private get keep(): string {
    return this.known.day === undefined ? ASKED_EACH_TIME : KEPT_FOR_AN_HOUR;
  }

  /** Names what all answers are made of now: what is made of the same was the same before. */
  async mark(): Promise<string> {
    return this.tag(await positionOf(this.database));
  }

  /** Names what an answer at a log position is, today; a new start may bring another look for the same data. */
  tag(position: number, also = ''): string {
    const kept = this.known.mark();
    const days = `${this.known.day === undefined ? '' : '.known'}${kept && `.${kept}`}`;
    return `W/"${position}.${this.today()}.${startedAt}${also && `.${also}`}${days}"`;
  }

  /** This instant, with the day it falls on at the authority's seat. */
  now(): { readonly instant: Instant; readonly today: LegalDate } {
    return { instant: this.clock().toISOString(), today: this.today() };
  }

  /** This instant, or the end of a day that is over: what is asked for a day to come is told as it stands now. */
  at(day: LegalDate | undefined): Now {
    const now = this.now();
    if (day === undefined || day >= now.today) return now;
    return { instant: lastInstantOf(day, this.profile.timeZone), today: day, past: true };
  }

  private async reached(after: number | undefined): Promise<number> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const position = await positionOf(this.database);
      // What was recorded later will never be known on that day.
      if (after === undefined || position >= after || this.known.day !== undefined) return position;
      if (Date.now() > deadline) {
        throw unavailable(
          `The reports have reached log position ${position}, not yet ${after}. Try again in a moment.`,
        );
      }
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** How many assets a query of the register finds, whichever of its pages is shown; of this log position or a little before it, but not before `atLeast`. */
  registerTotal(query: RegisterQuery, position: number, atLeast?: number): Promise<Kept<RegisterTotal>> {
    const { after: _after, before: _before, limit: _limit, ...asked } = query;
    // What is known today changes with the day (UTC), whatever is written.
    const question = JSON.stringify([asked, this.clock().toISOString().slice(0, 10)]);
    // Which calls are open changes at any instant.
    if (query.inCallAt) return registerTotal(this.database, query).then((answer) => ({ answer, position }));
    return this.totals.to(question, position, () => registerTotal(this.database, query), atLeast);
  }

  /** The dossier at a moment. Throws RequestFailed where the register has never heard of it. */
  async dossier(id: string, moment: Moment): Promise<AssetPage> {
    const [found] = await this.dossiers(id, [moment]);
    return found!;
  }

  /** The dossier at each of several moments, read once. Throws RequestFailed where the register has never heard of it. */
  async dossiers(id: string, moments: readonly Moment[]): Promise<readonly AssetPage[]> {
    const asked = moments.map(({ asOf, knownAt }) => ({
      ...(asOf !== undefined && { asOf }),
      ...(knownAt !== undefined && { knownAt }),
    }));
    const found = isAssetId(id) ? await orBuilding(assetPages(this.database, id, asked, this.profile)) : undefined;
    if (found) return found;
    throw failed(
      'not-found',
      `The register has never heard of "${id}". Check the id: its last character guards against mistyping.`,
    );
  }
}

/** A read model that is being built is a reason to wait, not a failure. */
export async function orBuilding<Result>(query: Promise<Result>): Promise<Result> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof NotBuiltYet) throw unavailable(error.message);
    throw error;
  }
}

const unavailable = (detail: string): RequestFailed =>
  new RequestFailed(requestProblem('unavailable', detail), { 'retry-after': '2' });
