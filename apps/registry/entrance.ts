import { AccountsFromSetUp, Roster, SetUpRefused, TokenRecords, openSignIn } from '#access';
import type { SignIn, SignInSettings } from '#access';
import { accountIdFrom, tokenScopes } from '#domain';
import type { Profile, TokenScope } from '#domain';
import type { EventStore } from '#event-store';
import type { Room } from '#process';
import type { Recorder } from '#recording';
import type { RegistrySettings } from './settings';
import { OwnRequests } from './sign-in/own-requests.guard';
import { CommandRate } from './sign-in/rate-limits';
import { SignInModule } from './sign-in/sign-in.module';
import { Visits } from './sign-in/visit';

export interface EntranceParts {
  readonly recorder: Pick<Recorder, 'record' | 'situation'>;
  readonly store: Pick<EventStore, 'readAll'>;
  readonly profile: Profile;
  /** The agency the first administrator acts for. */
  readonly agency: string;
  readonly settings: SignInSettings;
  /** Scheme and host under which people reach the registry; without it, whatever host their browser asked for. */
  readonly publicUrl?: string;
  /** How many commands one account may send in a minute. */
  readonly commandsAMinute: number;
}

/** The door of a registry: who somebody is comes from sign-in, what they may do from the log. */
export interface Entrance {
  readonly signIn: SignIn;
  readonly room: Room;
  /** What the command API needs to ask everybody who they are. */
  readonly guards: Pick<RegistrySettings, 'identification' | 'doorkeepers' | 'formTokens'>;
  close(): Promise<void>;
}

/** Opens sign-in over a log. Throws AccessError. */
export async function openEntrance(parts: EntranceParts): Promise<Entrance> {
  const { recorder, store, profile, agency, settings, publicUrl, commandsAMinute } = parts;
  const setUp = new AccountsFromSetUp({ recorder, roster: new Roster(store), profile, agency });
  const tokens = new TokenRecords({ recorder, profile });
  const known = new Set<string>(tokenScopes);
  const signIn = await openSignIn(settings, {
    secure: publicUrl?.startsWith('https://') ?? false,
    accounts: {
      openFirstAdministrator: async (person) => {
        try {
          return await setUp.openFirstAdministrator(person);
        } catch (error) {
          if (error instanceof SetUpRefused) return undefined;
          throw error;
        }
      },
      ofIdentity: async (issuer, user) => {
        const id = accountIdFrom(profile.country, { issuer, user });
        return (await recorder.situation('account', id)).state ? id : undefined;
      },
    },
    tokenRegister: {
      issued: async (account, { scopes, ...token }, by) => {
        if (!scopes.every((scope) => known.has(scope))) return false;
        const issued = await tokens.issued(account, { ...token, scopes: scopes as readonly TokenScope[] }, by);
        return issued.kind !== 'refused';
      },
      revoked: async (account, id) => (await tokens.revoked(account, id)).kind !== 'refused',
    },
  });
  return {
    signIn,
    room: {
      module: SignInModule.forRoot({
        signIn,
        profile,
        scopes: tokenScopes,
        perMinute: { commands: commandsAMinute },
        ...(publicUrl !== undefined && { publicUrl }),
      }),
    },
    guards: { identification: signIn.identification, doorkeepers: [CommandRate, OwnRequests], formTokens: Visits },
    close: () => signIn.close(),
  };
}
