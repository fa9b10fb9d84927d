import { randomBytes } from 'node:crypto';
import type { SignIn } from '#access';
import type { AccountId, JsonObject, Profile } from '#domain';
import { accountIdFrom, dateOf, tokenScopes } from '#domain';
import { parts } from '#scenario';
import type { Part } from '#scenario';

const roles: Readonly<Record<(typeof parts)[number], string>> = {
  officer: 'officer',
  colleague: 'officer',
  approver: 'approver',
  director: 'approver',
  moderator: 'moderator',
  'evaluator-1': 'evaluator',
  'evaluator-2': 'evaluator',
  'evaluator-3': 'evaluator',
};

const ADMINISTRATOR = 'scenario-administrator';
const TOKEN = 'scenario';

export interface CastParts {
  readonly url: string;
  readonly signIn: SignIn;
  readonly profile: Profile;
  /** The agency the parts act for: the one that keeps the dossiers they play in. */
  readonly agency: string;
}

/** The people of a scenario: an account for each part, opened and given its role over the API by an administrator, and a token to act with. */
export class Cast {
  private readonly tokens = new Map<Part, string>();
  private readonly accounts = new Map<Part, AccountId>();
  private readonly enlisted = new Map<string, Promise<Part>>();
  private administrator = '';

  private constructor(private readonly made: CastParts) {}

  /** Makes the first administrator where there is none, with a password nobody is told; then one account a part. Throws Error where somebody else is the administrator. */
  static async of(made: CastParts): Promise<Cast> {
    const cast = new Cast(made);
    cast.administrator = await cast.tokenOf(await cast.firstAdministrator());
    for (const part of parts)
      await cast.play(part, { agency: made.agency }, { role: roles[part], agency: made.agency });
    return cast;
  }

  /** Somebody who acts for an organisation, the same for whoever asks. */
  enlist(organisation: string): Promise<Part> {
    const part: Part = `member of ${organisation}`;
    const known =
      this.enlisted.get(organisation) ??
      this.play(part, { organisation }, { role: 'organisation-member' }).then(() => part);
    this.enlisted.set(organisation, known);
    return known;
  }

  /** The header that says who sends a line; none for a visitor. */
  headersOf(part: Part): Record<string, string> {
    const token = this.tokens.get(part);
    return token === undefined ? {} : bearer(token);
  }

  /** More officers than the parts are, each with an account of their own; the headers they send. */
  async officers(count: number): Promise<readonly Record<string, string>[]> {
    const { agency } = this.made;
    const names = Array.from({ length: count }, (_, place) => `further officer ${place + 1}`);
    const tokens: string[] = [];
    for (const name of names) tokens.push((await this.enter(name, { agency }, { role: 'officer', agency })).token);
    return tokens.map(bearer);
  }

  accountOf(part: Part): { login: string; agency: string } {
    return { login: this.accounts.get(part) ?? '', agency: this.made.agency };
  }

  private async firstAdministrator(): Promise<AccountId> {
    const { signIn, profile } = this.made;
    const account = accountIdFrom(profile.country, { issuer: 'local', user: ADMINISTRATOR });
    if (await signIn.setUp.isDone()) return account;
    const token = (await signIn.setUp.offer()) ?? '';
    const password = randomBytes(24).toString('base64url');
    const outcome = await signIn.setUp.begin(token, { name: 'Scenario', userName: ADMINISTRATOR, password });
    if (outcome.kind === 'signed-in') return account;
    throw new Error(
      `A scenario needs a log of its own: this one has an administrator already (${outcome.kind}). Name an empty folder with REGISTRY_DATA.`,
    );
  }

  private async play(part: Part, affiliation: JsonObject, role: JsonObject): Promise<void> {
    const { account, token } = await this.enter(part, affiliation, role);
    this.accounts.set(part, account);
    this.tokens.set(part, token);
  }

  private async enter(
    name: string,
    affiliation: JsonObject,
    role: JsonObject,
  ): Promise<{ readonly account: AccountId; readonly token: string }> {
    const user = name.replace(/[^a-z0-9]+/gi, '-').toLowerCase();
    const signIn = { issuer: 'local', user: `scenario-${user}` };
    const account = accountIdFrom(this.made.profile.country, signIn);
    const data = { kind: 'person', displayName: `${name} (scenario)`, signIn, ...affiliation };
    await this.administer('accounts', data, `${name} opened`);
    await this.administer(`accounts/${account}/grant-role`, { ...role, reason: 'Scenario' }, `${name} granted`);
    return { account, token: await this.tokenOf(account) };
  }

  private async administer(path: string, data: JsonObject, key: string): Promise<void> {
    const { url, profile } = this.made;
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.administrator}`,
        'content-type': 'application/json',
        'idempotency-key': `scenario/${key.replace(/\s+/g, '-')}`,
      },
      body: JSON.stringify({ occurredOn: dateOf(new Date().toISOString(), profile.timeZone), data }),
    });
    // Played on another day before: the account is there, under the same key with another date.
    if (!answer.ok && answer.status !== 409) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  private async tokenOf(account: AccountId): Promise<string> {
    const { apiTokens } = this.made.signIn;
    // Those of a scenario that was broken off: nobody has their secrets any more.
    for (const { id, revokedAt, name } of await apiTokens.ofAccount(account))
      if (revokedAt === null && name === TOKEN) await apiTokens.revoke(account, id);
    const made = await apiTokens.make(account, { name: TOKEN, scopes: [...tokenScopes], days: 2 });
    if (typeof made !== 'string') return made.secret;
    throw new Error(`No token could be made for the scenario's account ${account}: ${made}.`);
  }
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
