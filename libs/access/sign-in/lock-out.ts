import { LessThan } from 'typeorm';
import type { AccessDatabase } from './database/access-database';
import { throttles } from './database/entities';
import { digestOf } from './secrets';

/** How many attempts may fail before pauses begin, and how the pauses grow. */
export interface Patience {
  readonly free: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** For one user name or second factor: whatever addresses the attempts come from. */
export const patienceWithAccount: Patience = { free: 5, firstPauseMs: 30_000, longestPauseMs: 900_000 };
/** For one address: an office behind one address has many people who mistype. */
export const patienceWithAddress: Patience = { free: 30, firstPauseMs: 30_000, longestPauseMs: 900_000 };

/** Failures are forgotten after a day without any. */
const FORGET_MS = 24 * 3600 * 1000;

/** The pause after the n-th failure in a row: none for the first, then doubling. Never for good, or anybody could lock anybody out. */
export function pauseAfter(failures: number, { free, firstPauseMs, longestPauseMs }: Patience): number {
  return failures < free ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - free));
}

/** Come back at this time (milliseconds). */
export interface Wait {
  readonly waitUntil: number;
}

/**
 * Counts failed attempts. An attempt is counted as failed before it is made and taken back when it succeeds, so that many attempts at once are counted like
 * as many in a row. User names nobody has are counted like all others.
 */
export class LockOut {
  constructor(
    private readonly database: AccessDatabase,
    private readonly clock: () => number,
  ) {}

  /** Begins an attempt; or says until when there are none. */
  async begin(what: 'name' | 'address' | 'factor', whose: string): Promise<Wait | undefined> {
    const key = keyOf(what, whose);
    const patience = what === 'address' ? patienceWithAddress : patienceWithAccount;
    const now = this.clock();
    const failures = `CASE WHEN {throttles}.last_at < ? THEN 1 ELSE {throttles}.failures + 1 END`;
    const counted = await this.database.returning<object>(
      `INSERT INTO {throttles} (key, failures, locked_until, last_at) VALUES (?, 1, ?, ?)
       ON CONFLICT (key) DO UPDATE SET failures = ${failures}, last_at = ?,
         locked_until = CASE ${failures} ${pausesInSql(patience, now)} END
       WHERE {throttles}.locked_until <= ? RETURNING failures`,
      [key, now + pauseAfter(1, patience), now, now - FORGET_MS, now, now - FORGET_MS, now],
    );
    if (counted.length > 0) return undefined;
    const locked = await this.database.rows(throttles).findOneBy({ key });
    return { waitUntil: Math.max(locked?.lockedUntil ?? 0, now + 1000) };
  }

  /** The attempt succeeded: an account begins anew; of an address only this attempt is taken back, or one own account would free it for guessing. */
  async succeeded(what: 'name' | 'address' | 'factor', whose: string): Promise<void> {
    const rows = this.database.rows(throttles);
    const key = keyOf(what, whose);
    if (what !== 'address') await rows.delete({ key });
    else {
      await rows
        .createQueryBuilder()
        .update()
        .set({ failures: () => 'failures - 1', lockedUntil: 0 })
        .where({ key })
        .execute();
    }
  }

  /** Forgets what is too old to count. */
  async tidy(): Promise<void> {
    await this.database.rows(throttles).delete({ lastAt: LessThan(this.clock() - FORGET_MS) });
  }
}

const keyOf = (what: string, whose: string): string => digestOf(`${what}\n${whose}`);

/** The pauses as branches of a CASE: the new end of the pause stands in the same statement as the count. Numbers alone, no text from outside. */
function pausesInSql(patience: Patience, now: number): string {
  const steps: string[] = [];
  for (let n = 1; ; n += 1) {
    const pause = pauseAfter(n, patience);
    if (pause === patience.longestPauseMs) return `${steps.join(' ')} ELSE ${now + pause}`;
    steps.push(`WHEN ${n} THEN ${now + pause}`);
  }
}
