import { randomUUID } from 'node:crypto';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import type { AccessDatabase } from './database/access-database';
import { apiTokens } from './database/entities';
import type { ApiTokenRow } from './database/entities';
import type { AccountId, TokenRegister } from './identified';
import { digestOf, newSecret } from './secrets';

/** Begins every token, so that programs that search for leaked secrets recognise it. */
export const API_TOKEN_PREFIX = 'srr_';
const TOKEN = /^srr_[A-Za-z0-9_-]{43}$/;

const DAY_MS = 24 * 3600_000;
/** A token lasts a year at most. */
const MOST_DAYS = 366;
const TOKEN_NAME = /^(?=.*\S)[^\p{C}]{1,100}$/u;
const MOST_TOKENS = 50;
const USED_MS = 60_000;

export interface ApiToken extends Omit<ApiTokenRow, 'digest' | 'scopes'> {
  readonly scopes: readonly string[];
}

/** What somebody calls a token, as it is kept; undefined for what is no name. */
export function tokenName(typed: string): string | undefined {
  const name = typed.normalize('NFC').trim();
  return TOKEN_NAME.test(name) ? name : undefined;
}

/** A new token with its secret, which is shown once and kept nowhere. */
export interface NewApiToken extends ApiToken {
  readonly secret: string;
}

const COLUMNS = 'id, digest, account, name, scopes, made_at, ends_at, used_at';

/** As it lies there; PostgreSQL's driver may hand out large numbers as text. */
interface StoredToken extends Pick<ApiTokenRow, 'id' | 'digest' | 'account' | 'name' | 'scopes'> {
  readonly made_at: number | string;
  readonly ends_at: number | string;
  readonly used_at: number | string | null;
}

const rowOf = ({ made_at, ends_at, used_at, ...row }: StoredToken): ApiTokenRow => ({
  ...row,
  madeAt: Number(made_at),
  endsAt: Number(ends_at),
  revokedAt: null,
  usedAt: used_at === null ? null : Number(used_at),
});

/** Tokens for programs that act for an account: scoped, ending, revocable, kept as digests. */
export class ApiTokens {
  constructor(
    private readonly database: AccessDatabase,
    private readonly clock: () => number,
    private readonly register?: TokenRegister,
  ) {}

  /** By the holder, or by whom the register of tokens allows. Says `too-many` where one must be revoked first, `refused` where the register takes none like it. */
  async make(
    account: AccountId,
    { name, scopes, days }: { readonly name: string; readonly scopes: readonly string[]; readonly days: number },
    by: AccountId = account,
  ): Promise<NewApiToken | 'too-many' | 'refused'> {
    const now = this.clock();
    if ((await this.rows.countBy({ account, ...this.working(now) })) >= MOST_TOKENS) return 'too-many';
    const secret = API_TOKEN_PREFIX + newSecret();
    const row: ApiTokenRow = {
      id: randomUUID(),
      digest: digestOf(secret),
      account,
      name,
      scopes: scopes.join(' '),
      madeAt: now,
      endsAt: now + Math.min(MOST_DAYS, Math.max(1, days)) * DAY_MS,
      revokedAt: null,
      usedAt: null,
    };
    const facts = { id: row.id, label: name, scopes, until: new Date(row.endsAt).toISOString() };
    // Told of first: a token nobody knows of must not work, and one that is told of and does not exist does no harm.
    if (this.register && !(await this.register.issued(account, facts, by))) return 'refused';
    await this.rows.insert(row);
    return { ...tokenOf(row), secret };
  }

  /** The token a secret stands for while it works. */
  async of(secret: string): Promise<ApiToken | undefined> {
    if (!TOKEN.test(secret)) return undefined;
    const now = this.clock();
    // By hand, for every request asks this: TypeORM takes several times as long to write the statement as SQLite to answer it.
    const [stored] = await this.database.returning<StoredToken>(
      `SELECT ${COLUMNS} FROM {api_tokens} WHERE digest = ? AND revoked_at IS NULL AND ends_at > ?`,
      [digestOf(secret), now],
    );
    if (!stored) return undefined;
    const row = rowOf(stored);
    if (now - (row.usedAt ?? 0) >= USED_MS) await this.rows.update({ id: row.id }, { usedAt: now });
    return tokenOf(row);
  }

  /** An account's tokens, the newest first; ended and revoked ones too, for a month. */
  async ofAccount(account: AccountId): Promise<ApiToken[]> {
    await this.rows.delete({ account, endsAt: LessThan(this.clock() - 30 * DAY_MS) });
    return (await this.rows.find({ where: { account }, order: { madeAt: 'DESC' } })).map(tokenOf);
  }

  async revoke(account: AccountId, id: string): Promise<void> {
    const revoked = await this.rows.update({ account, id, revokedAt: IsNull() }, { revokedAt: this.clock() });
    if (revoked.affected === 1) await this.register?.revoked(account, id);
  }

  /** No longer works here; the register has it already. */
  async end(account: AccountId, id: string): Promise<void> {
    await this.rows.update({ account, id, revokedAt: IsNull() }, { revokedAt: this.clock() });
  }

  async revokeAll(account: AccountId): Promise<void> {
    for (const { id } of await this.rows.findBy({ account, ...this.working(this.clock()) }))
      await this.revoke(account, id);
  }

  private working(now: number) {
    return { revokedAt: IsNull(), endsAt: MoreThan(now) };
  }

  private get rows() {
    return this.database.rows(apiTokens);
  }
}

function tokenOf({ digest: _, scopes, ...row }: ApiTokenRow): ApiToken {
  return { ...row, scopes: scopes.split(' ').filter(Boolean) };
}
