import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { AccessError, openSignIn, signInSettingsFromEnv } from '#access';
import type { SignIn, SignInSettings } from '#access';
import { dataFolderFrom } from '#process';
import type { Environment } from '#process';
import { registrySettingsFromEnv } from '../settings';
import { publicSettingsFromEnv } from './settings';

/** Whose credentials these are, or a sentence. */
async function found({ administration }: SignIn, who: string) {
  const somebody = await administration.find(who);
  if (somebody) return somebody;
  throw new AccessError(`Nobody signs in here as "${who}", and no account with a password has that id.`);
}

const hours = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ');

/**
 * What whoever runs the registry does for people who cannot get in, above all for the last administrator. It needs the access database and its key, and
 * nothing else: what it does changes no right, and does not stand in the log as it does when an administrator does it.
 */
export function rescue(env: Environment, say: (line: string) => void): Command {
  const withSignIn = async (act: (signIn: SignIn) => Promise<void>): Promise<void> => {
    const settings = signInSettingsFromEnv(env, dataFolderFrom(env));
    refuseNothing(settings);
    const signIn = await openSignIn(settings, {
      accounts: { openFirstAdministrator: async () => undefined },
      secure: false,
      offersSetUp: false,
    });
    try {
      await act(signIn);
    } finally {
      await signIn.close();
    }
  };
  const program = new Command('sign-in').description(
    'Helps people who cannot sign in. Run it on the registry’s machine.',
  );

  program
    .command('invite <who>')
    .description('prints a link with which somebody chooses a new password, once and within a week')
    .action((who: string) =>
      withSignIn(async (signIn) => {
        const { account, userName } = await found(signIn, who);
        const outcome = await signIn.administration.invite(account, userName);
        if (outcome.kind !== 'invited') throw new AccessError(`"${userName}" cannot be invited: ${outcome.kind}.`);
        say(`For ${userName}, until ${hours(outcome.endsAt)} UTC:`);
        say(`  ${siteOf(env)}/invitation?token=${outcome.token}`);
      }),
    );

  program
    .command('reset-second-factor <who>')
    .description('lets the password alone sign in again, and ends all sessions')
    .action((who: string) =>
      withSignIn(async (signIn) => {
        const { account, userName } = await found(signIn, who);
        await signIn.administration.resetSecondFactor(account);
        say(`${userName} signs in with the password alone until a new second factor is set up.`);
      }),
    );

  program
    .command('shut-out <who>')
    .description('ends all sessions, revokes all tokens and withdraws open invitations')
    .action((who: string) =>
      withSignIn(async (signIn) => {
        const { account, userName } = await found(signIn, who);
        await signIn.administration.shutOut(account);
        say(`${userName} is signed out everywhere, and no token of ${userName} works any more. The password does.`);
      }),
    );

  program
    .command('link <account> <subject>')
    .description('links an account to somebody at the OpenID provider, by the provider’s own id')
    .action((who: string, subject: string) =>
      withSignIn(async (signIn) => {
        const account = (await signIn.administration.find(who))?.account ?? who;
        await signIn.externalIdentities.link(issuerOf(signIn), subject, account);
        say(`${subject} at ${issuerOf(signIn)} signs in as ${account}.`);
      }),
    );

  program
    .command('await-email <account> <email>')
    .description('links an account to whoever comes first from the OpenID provider with this verified address')
    .action((who: string, email: string) =>
      withSignIn(async (signIn) => {
        const account = (await signIn.administration.find(who))?.account ?? who;
        await signIn.externalIdentities.awaitEmail(issuerOf(signIn), email, account);
        say(`Whoever ${issuerOf(signIn)} knows by ${email} signs in as ${account}; they have thirty days.`);
      }),
    );
  return program;
}

/** A folder mistaken for the registry's would otherwise get a database of its own, in which nobody is known. */
function refuseNothing({ database }: SignInSettings): void {
  if (database.kind !== 'sqlite' || existsSync(database.path)) return;
  throw new AccessError(
    `There is no access database at ${database.path}. Name the registry’s folder with REGISTRY_DATA, or the file with ACCESS_DATABASE_PATH.`,
  );
}

function issuerOf({ openId }: SignIn): string {
  if (openId) return openId.issuer;
  throw new AccessError('No provider is set up: give OPENID_ISSUER and its like as the registry has them.');
}

/** Where people reach the pages. */
function siteOf(env: Environment): string {
  const { host, port } = registrySettingsFromEnv(env).where;
  return publicSettingsFromEnv(env).publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
