import type { VNode } from 'preact';
import { secondFactorRoles } from '#access';
import type { Roster, Rostered, SignIn } from '#access';
import { LOCAL_ISSUER, current, grantsAt, standingAt } from '#domain';
import type { Account, Profile } from '#domain';
import { SignInMeans, meansActs } from '#web';
import type { MeansAct, MeansView, PersonLine, Words } from '#web';
import type { OpenStream } from './desk';
import type { Office, Visit } from './office';
import { titleOf } from './told';

export interface PeopleParts {
  readonly roster: Roster;
  readonly signIn: SignIn;
  /** Scheme and host under which people reach the pages; without it, whatever host their browser asked for. */
  readonly publicUrl?: string;
}

/** Those who have an account, and by what they sign in. */
export class People {
  constructor(private readonly parts: PeopleParts | undefined) {}

  /** Whether anybody signs in here at all. */
  get known(): boolean {
    return this.parts !== undefined;
  }

  get publicUrl(): string | undefined {
    return this.parts?.publicUrl;
  }

  /** Throws where nobody signs in. */
  get signIn(): SignIn {
    if (!this.parts) throw new Error('Nobody signs in here: ask People.known first.');
    return this.parts.signIn;
  }

  /** Those whom a question fits by name, id, agency, organisation or role, by name. */
  async found(question: string, own: string, words: Words, { timeZone }: Profile): Promise<PersonLine[]> {
    const now = new Date().toISOString();
    const sought = question.toLocaleLowerCase(words.language);
    const everybody = (await this.parts?.roster.accounts()) ?? [];
    return everybody
      .map((each) => lineOf(each, own, now, timeZone))
      .filter((line) => wordsOf(line, words).some((each) => each.toLocaleLowerCase(words.language).includes(sought)))
      .sort((one, other) => one.name.localeCompare(other.name, words.language));
  }

  /** By what the holder of an account signs in, and what the reader can do about it; undefined for other streams and other readers. */
  async beside(stream: OpenStream, visit: Visit, office: Office): Promise<VNode | undefined> {
    if (!this.parts || stream.kind !== 'account' || !office.mayAct(visit, 'administer-credentials')) return undefined;
    const view = await this.meansOf(stream, visit.actor.subject, office.desk.profile);
    return view && <SignInMeans view={view} />;
  }

  /** By what the holder of an account signs in. */
  async meansOf(stream: OpenStream, reader: string, { timeZone }: Profile): Promise<MeansView | undefined> {
    const { id } = stream;
    const account = stream.kind === 'account' ? (stream.state as Account | undefined) : undefined;
    if (!account) return undefined;
    const { own: credentials, sessions, apiTokens, externalIdentities, openId } = this.signIn;
    const now = new Date().toISOString();
    const kept = await credentials.of(id);
    const userName = kept?.userName ?? localNameIn(stream);
    const links = await externalIdentities.ofAccount(id);
    const working = (await apiTokens.ofAccount(id)).filter(
      ({ revokedAt, endsAt }) => revokedAt === null && endsAt > this.signIn.clock(),
    );
    const own = id === reader;
    return {
      id,
      own,
      ...(userName !== undefined &&
        account.kind === 'person' && {
          local: { userName, password: kept?.hasPassword ?? false, secondFactor: kept?.hasSecondFactor ?? false },
        }),
      factorNeeded: grantsAt(account, now, timeZone).some(({ role }) => secondFactorRoles.has(role)),
      sessions: (await sessions.ofAccount(id)).length,
      tokens: working,
      now: this.signIn.clock(),
      program: account.kind === 'service',
      takesToken: !own && takesToken(account, now),
      ...(openId && { provider: openId.name }),
      links: links.map(({ issuer, subject }) => ({ issuer, subject })),
      acts: own
        ? []
        : offered(account, now, {
            local: userName !== undefined,
            factor: kept?.hasSecondFactor ?? false,
            provider: openId !== undefined,
          }),
    };
  }
}

/** Whether a program can be given a token to act with. */
const takesToken = (account: Account, now: string): boolean =>
  account.kind === 'service' && standingAt(account, now) === 'open';

/** What makes sense for an account as it stands. */
function offered(
  account: Account,
  now: string,
  { local, factor, provider }: { readonly local: boolean; readonly factor: boolean; readonly provider: boolean },
): Exclude<MeansAct, 'unlink'>[] {
  const person = account.kind === 'person';
  const open = person && standingAt(account, now) !== 'closed';
  return [
    ...(open && local ? (['invite'] as const) : []),
    ...(open && factor ? (['reset-second-factor'] as const) : []),
    ...(person ? (['end-sessions'] as const) : []),
    'shut-out',
    ...(open && provider ? (['link', 'await-email'] as const) : []),
  ];
}

/** The user name an account was opened for, where the registry itself keeps its password. */
export function localNameIn({ events: [opening] }: OpenStream): string | undefined {
  const signIn: unknown = opening && current(opening).data.signIn;
  if (typeof signIn !== 'object' || signIn === null) return undefined;
  const { issuer, user } = signIn as { issuer?: unknown; user?: unknown };
  return issuer === LOCAL_ISSUER && typeof user === 'string' ? user : undefined;
}

function lineOf({ id, account, displayName }: Rostered, reader: string, now: string, timeZone: string): PersonLine {
  const { kind, agency, organisation } = account;
  return {
    id,
    name: displayName ?? id,
    program: kind === 'service',
    actsFor: agency ?? organisation ?? '',
    roles: grantsAt(account, now, timeZone).map((grant) => ({
      role: grant.role,
      ...(grant.agency !== undefined && { agency: grant.agency }),
      ...(grant.areas && { areas: grant.areas }),
      ...(grant.until !== undefined && { until: grant.until }),
    })),
    standing: standingAt(account, now) ?? 'closed',
    own: id === reader,
  };
}

const wordsOf = ({ id, name, actsFor, roles }: PersonLine, words: Words): string[] => [
  id,
  name,
  actsFor,
  ...roles.map(({ role }) => words.code('role', role)),
];

/** What an address says was just done. */
export function saidOf(done: unknown, { words }: Visit): { readonly said?: string } {
  const act = meansActs.find((each) => each === done);
  return act === undefined || act === 'invite' ? {} : { said: words.t(`office.people.act.${act}.done`) };
}

/** What somebody is called on the pages about them. */
export const personIn = (stream: OpenStream, { words }: Visit): string => titleOf(stream, words);
