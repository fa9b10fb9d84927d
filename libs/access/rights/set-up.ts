import { LOCAL_ISSUER, SET_UP, accountIdFrom, dateOf, isAdministrator } from '#domain';
import type { AccountId, JsonObject, Profile } from '#domain';
import type { Recorder } from '#recording';
import type { Roster } from './roster';

/** Why the set-up opened nothing: a sentence for whoever runs it. */
export class SetUpRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SetUpRefused';
  }
}

export interface FirstAdministrator {
  readonly name: string;
  /** In its one spelling. */
  readonly userName: string;
}

/** What the set-up works with. */
export interface SetUpParts {
  readonly recorder: Pick<Recorder, 'record' | 'situation'>;
  readonly roster: Roster;
  readonly profile: Profile;
  /** The agency the first administrator acts for. */
  readonly agency: string;
  readonly clock?: () => string;
}

/**
 * The first run: opens the first account and makes it an administrator. Whoever may call it holds the set-up token, which is not asked here. Repeated for the same user name it
 * answers the same account, also where only its half was done; so an access database that was lost is made anew for an administrator the log knows. Undefined
 * where there is an administrator of another user name. Throws SetUpRefused where the account of this one can no longer be made one.
 */
export class AccountsFromSetUp {
  constructor(private readonly parts: SetUpParts) {}

  async openFirstAdministrator({ name, userName }: FirstAdministrator): Promise<AccountId | undefined> {
    const { profile, recorder, roster, clock = () => new Date().toISOString() } = this.parts;
    const signIn = { issuer: LOCAL_ISSUER, user: userName };
    const id = accountIdFrom(profile.country, signIn);
    const { timeZone } = profile;
    const administrators = (await roster.accounts()).filter(({ account }) => isAdministrator(account, clock(), timeZone));
    if (administrators.some((each) => each.id === id)) return id;
    if (administrators.length > 0) return undefined;
    const { state } = await recorder.situation('account', id);
    if (!state) await this.record(id, 'open-account', { kind: 'person', displayName: name, signIn, agency: this.parts.agency });
    await this.record(id, 'grant-role', { role: 'administrator', reason: 'First run of the registry: the set-up token.' });
    return id;
  }

  private async record(id: AccountId, command: string, data: JsonObject): Promise<void> {
    const { profile, recorder, agency, clock = () => new Date().toISOString() } = this.parts;
    const recorded = await recorder.record(
      `account-${id}`,
      { name: command, occurredOn: dateOf(clock(), profile.timeZone), data },
      {
        actor: { subject: SET_UP, agency, role: SET_UP },
        source: { kind: SET_UP },
        idempotencyKey: `${SET_UP} ${command} ${clock()}`,
        correlationId: SET_UP,
      },
    );
    if (recorded.kind === 'refused') throw new SetUpRefused(recorded.refusal.message);
  }
} // prettier-ignore
