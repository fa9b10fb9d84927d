import { randomUUID } from 'node:crypto';
import { LessThanOrEqual, MoreThan, Not } from 'typeorm';
import type { AccessDatabase } from './database/access-database';
import { sessions } from './database/entities';
import type { SessionRow, SignedInBy } from './database/entities';
import type { AccountId } from './identified';
import { digestOf, newSecret } from './secrets';

/** A session ends after twelve hours whatever happens, after half an hour without a request; the second factor must come within ten minutes. */
export const SESSION_LIMITS = { absoluteMs: 12 * 3600_000, idleMs: 30 * 60_000, codeMs: 10 * 60_000 } as const;
/** When a session was last seen is written down at most so often. */
const SEEN_MS = 60_000;
const BROWSER_LENGTH = 200;

export type Session = Omit<SessionRow, 'digest'>;

/** A session with the token that only its browser may have. */
export interface OpenedSession extends Session {
  readonly token: string;
}

/** How a session is begun. */
export interface Beginning {
  readonly account: AccountId;
  readonly by: SignedInBy;
  readonly stage: SessionRow['stage'];
  /** The browser's User-Agent. */
  readonly browser?: string;
}

const COLUMNS = 'id, account, stage, signed_in_by, browser, made_at, seen_at, idle_ends_at, ends_at';

/** As it lies there; PostgreSQL's driver may hand out large numbers as text. */
interface StoredSession extends Pick<SessionRow, 'id' | 'account' | 'stage' | 'browser'> {
  readonly signed_in_by: SignedInBy;
  readonly made_at: number | string;
  readonly seen_at: number | string;
  readonly idle_ends_at: number | string;
  readonly ends_at: number | string;
}

const sessionOf = ({ id, account, stage, browser, ...row }: StoredSession): Session => ({
  id,
  account,
  stage,
  browser,
  by: row.signed_in_by,
  madeAt: Number(row.made_at),
  seenAt: Number(row.seen_at),
  idleEndsAt: Number(row.idle_ends_at),
  endsAt: Number(row.ends_at),
});

/** Sessions: each has a token of its own making, never one that was brought along, so that none can be planted in a browser (session fixation). */
export class Sessions {
  constructor(
    private readonly database: AccessDatabase,
    private readonly clock: () => number,
  ) {}

  async begin({ account, by, stage, browser = '' }: Beginning): Promise<OpenedSession> {
    const now = this.clock();
    const token = newSecret();
    const session: Session = {
      id: randomUUID(),
      account,
      stage,
      by,
      browser: browser.replace(/[^\x20-\x7e]/g, '').slice(0, BROWSER_LENGTH),
      madeAt: now,
      seenAt: now,
      idleEndsAt: now + (stage === 'open' ? SESSION_LIMITS.idleMs : SESSION_LIMITS.codeMs),
      endsAt: now + (stage === 'open' ? SESSION_LIMITS.absoluteMs : SESSION_LIMITS.codeMs),
    };
    await this.rows.insert({ ...session, digest: digestOf(token) });
    await this.rows.delete({ endsAt: LessThanOrEqual(now) });
    return { ...session, token };
  }

  /** The session of a token while it lasts; being asked for keeps it from falling asleep. */
  async of(token: string, stage: SessionRow['stage']): Promise<Session | undefined> {
    const now = this.clock();
    const digest = digestOf(token);
    // By hand, for every request asks this: TypeORM takes several times as long to write the statement as SQLite to answer it.
    const [row] = await this.database.returning<StoredSession>(
      `SELECT ${COLUMNS} FROM {sessions} WHERE digest = ? AND stage = ? AND idle_ends_at > ? AND ends_at > ?`,
      [digest, stage, now, now],
    );
    if (!row) return undefined;
    const session = sessionOf(row);
    if (stage !== 'open' || now - session.seenAt < SEEN_MS) return session;
    const seen = { seenAt: now, idleEndsAt: Math.min(session.endsAt, now + SESSION_LIMITS.idleMs) };
    await this.rows.update({ digest }, seen);
    return { ...session, ...seen };
  }

  /** Ends a session and begins one in its place, with a new token; at sign-in, and whenever what a person may do has changed. */
  async renew(token: string, beginning: Beginning): Promise<OpenedSession> {
    await this.end(token);
    return this.begin(beginning);
  }

  /** Those that last, the newest first. */
  async ofAccount(account: AccountId): Promise<Session[]> {
    const now = this.clock();
    const found = await this.rows.find({
      where: { account, stage: 'open', idleEndsAt: MoreThan(now), endsAt: MoreThan(now) },
      order: { madeAt: 'DESC' },
    });
    return found.map(({ digest: _, ...session }) => session);
  }

  async end(token: string): Promise<void> {
    await this.rows.delete({ digest: digestOf(token) });
  }

  /** Ends one of an account's own sessions by its id. */
  async endById(account: AccountId, id: string): Promise<void> {
    await this.rows.delete({ account, id });
  }

  /** Ends all sessions of an account, half-open ones too; but for one, where its token is given. */
  async endAll(account: AccountId, butFor?: string): Promise<void> {
    await this.rows.delete(butFor === undefined ? { account } : { account, digest: Not(digestOf(butFor)) });
  }

  private get rows() {
    return this.database.rows(sessions);
  }
}
