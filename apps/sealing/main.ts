import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { SealingError, makeEvaluatorKeys, sealFile, sealingKeysDigest } from '#sealing';
import type { SealingKeys } from '#sealing';
import { readApplication } from './application-folder';
import { ceremony, holderFrom, inGroups, openedShare, writeNew } from './ceremony';
import { lock } from './locked-key';
import { openOnceMore } from './opening';
import { passphrase } from './passphrase';
import { ask, json } from './registry-client';
import type { Registry } from './registry-client';
import { WrongRequest } from './wrong-request';

/** Exit codes. */
const [FATAL, UNREADABLE] = [1, 3];

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const program = new Command('sealing')
  .description(
    'Seals applications to a call, deals the key of a call, and opens it after the deadline (docs/operating.md).',
  )
  .addHelpText('after', '\nExit codes: 0 done, 1 it could not be done, 3 not every application could be read.');

program
  .command('evaluator-key')
  .description('make a key of your own, to be dealt shares with')
  .requiredOption('--out <file>', 'the key, locked with a passphrase; keep it and a copy')
  .option('--passphrase-file <file>', 'its first line is the passphrase')
  .action(async ({ out, passphraseFile }: { out: string; passphraseFile?: string }) => {
    const keys = makeEvaluatorKeys();
    await writeNew(out, await lock(keys, await passphrase('Passphrase for the new key', passphraseFile)));
    say(keys.publicKey);
  });

program
  .command('ceremony')
  .description('make the key of a call and deal it; on a machine without network, with all holders present')
  .requiredOption('--call <id>', 'the call, which was drafted')
  .requiredOption('--threshold <number>', 'how many holders open it together', Number)
  .requiredOption(
    '--holder <holder...>',
    'Office:login:agency of each holder, and :key behind it (a public key or key file) where they brought one',
  )
  .requiredOption('--out <folder>', 'a new folder for what is published and for the share files')
  .option('--passphrase-file <file...>', 'one for each holder without a key, in order; asked for otherwise')
  .action(
    async (options: { call: string; threshold: number; holder: string[]; out: string; passphraseFile?: string[] }) => {
      const files = [...(options.passphraseFile ?? [])];
      const passphraseOf = ({ office, login }: { office: string; login: string }) =>
        passphrase(`${login} (${office}), your passphrase`, files.shift());
      const { call, threshold, out } = options;
      const digest = await ceremony({ call, threshold, out, holders: options.holder.map(holderFrom), passphraseOf });
      say('Everybody present writes down this digest, and compares it before confirming the key:');
      say(inGroups(digest));
      say(
        `To be recorded: ${join(out, 'deal.json')}. Each holder takes their share file, and their key file where one was made.`,
      );
    },
  );

interface ShareOptions {
  readonly share: string;
  readonly key: string;
  readonly passphraseFile?: string;
}
const shareCommand = (name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .requiredOption('--share <file>', 'your share file of the ceremony')
    .requiredOption('--key <file>', 'your key')
    .option('--passphrase-file <file>', 'its first line is the passphrase');
const opened = ({ share, key, passphraseFile }: ShareOptions) =>
  openedShare(share, key, () => passphrase('Passphrase of your key', passphraseFile));

withRegistry(
  shareCommand('confirm', 'compare the digest you wrote down, try your share, and confirm the key in the registry'),
)
  .requiredOption('--digest <text>', 'the digest you wrote down, with or without blanks')
  .action(async (options: ShareOptions & RegistryOptions & { digest: string }) => {
    const { custodian, keysDigest, call } = await opened(options);
    if (options.digest.replace(/\s/g, '').toLowerCase() !== keysDigest)
      throw new WrongRequest(
        `The digest of your share file is ${inGroups(keysDigest)}, not what you wrote down. Confirm nothing and tell the others.`,
      );
    await command(await registryIn(options), call, 'confirm-call-key', { custodian, keysDigest });
    say(`Confirmed: share ${custodian} of call ${call} opens.`);
  });

withRegistry(
  shareCommand('open-share', 'open your share after the deadline; with --url it is given to the registry'),
  false,
).action(async (options: ShareOptions & Partial<RegistryOptions>) => {
  const { share, custodian, call } = await opened(options);
  if (options.url === undefined) return say(share);
  await command(await registryIn({ ...options, url: options.url }), call, 'release-share', {
    custodian,
    openedShare: share,
  });
  say(`Given: share ${custodian} of call ${call}.`);
});

program
  .command('seal')
  .description('seal an application: a folder with answers.json and the attachments')
  .argument('<folder>', 'the application')
  .requiredOption('--call <file or address>', 'how the call is sealed: …/api/v1/calls/ID/sealing, or a copy of it')
  .requiredOption('--organisation <id>', 'who applies')
  .requiredOption('--out <folder>', 'a new folder for the sealed application and its slip')
  .option('--digest <text>', 'the digest of the keys as the authority published it elsewhere, to be compared')
  .action(async (folder: string, options: { call: string; organisation: string; out: string; digest?: string }) => {
    const { call, keys, keysDigest } = await json<{ call: string; keys: SealingKeys; keysDigest: string }>(
      options.call,
    );
    const digest = sealingKeysDigest(keys);
    const expected = options.digest?.replace(/\s/g, '').toLowerCase() ?? keysDigest;
    if (digest !== expected || keys.call !== call)
      throw new WrongRequest(
        `The digest of the keys of this call is ${digest}, not ${expected}. Do not seal to them; ask the authority.`,
      );
    const { organisation } = options;
    const sealed = sealFile({ call, organisation, publicKey: keys.publicKey, content: await readApplication(folder) });
    await mkdir(options.out);
    await writeFile(join(options.out, 'application.sealed'), sealed.bytes, { flag: 'wx', mode: 0o600 });
    const { bytes, sha256, digest: ofContent } = sealed;
    await writeNew(join(options.out, 'slip.json'), {
      call,
      organisation,
      sha256,
      size: bytes.length,
      digest: ofContent,
    });
    say(
      `Sealed for call ${call}: ${bytes.length} bytes, SHA-256 ${sha256}. Nobody can read it before the call is opened, you included.`,
    );
  });

withRegistry(
  program.command('submit').description('hand in what "seal" made').argument('<folder>', 'the folder that "seal" made'),
).action(async (folder: string, options: RegistryOptions) => {
  const slip = await json<{ call: string; organisation: string; sha256: string; digest: string }>(
    join(folder, 'slip.json'),
  );
  const bytes = await readFile(join(folder, 'application.sealed'));
  const query = new URLSearchParams({ organisation: slip.organisation, digest: slip.digest });
  const path = `/api/v1/calls/${encodeURIComponent(slip.call)}/sealed-applications?${query.toString()}`;
  // Named by the ciphertext, so that handing in again after a lost answer hands in once.
  const answer = await ask(await registryIn(options), path, {
    method: 'POST',
    body: bytes,
    key: `sealed-${slip.sha256}`,
  });
  const receipt = (await answer.json()) as { application: string; recordedAt: string };
  await writeFile(join(folder, 'receipt.json'), `${JSON.stringify(receipt, undefined, 2)}\n`, { mode: 0o600 });
  say(
    `Handed in at ${receipt.recordedAt} as application ${receipt.application}. Keep ${join(folder, 'receipt.json')}.`,
  );
});

program
  .command('open')
  .description('open a call once more, and check everything that was published about it')
  .argument('<evidence>', 'the address …/api/v1/calls/ID/opening, or a copy of what it gives')
  .option('--ciphertexts <folder>', 'the ciphertexts, each named by its SHA-256; from the registry otherwise')
  .option('--out <folder>', 'where the applications are written')
  .option('--digest <text>', 'the digest written down at the ceremony')
  .option('--token-file <file>', 'its first line is an API token')
  .action(
    async (evidence: string, options: { ciphertexts?: string; out?: string; digest?: string; tokenFile?: string }) => {
      const { ciphertexts, out, digest } = options;
      const all = await openOnceMore({
        evidence,
        say,
        ...(ciphertexts !== undefined && { ciphertexts }),
        ...(out !== undefined && { out }),
        ...(digest !== undefined && { keysDigest: digest.replace(/\s/g, '').toLowerCase() }),
        ...(await tokenIn(options)),
      });
      if (!all) process.exitCode = UNREADABLE;
    },
  );

interface RegistryOptions {
  readonly url: string;
  readonly tokenFile?: string;
  readonly on?: string;
}

function withRegistry(to: Command, required = true): Command {
  const url = ['--url <address>', 'the registry, such as http://127.0.0.1:3000'] as const;
  return (required ? to.requiredOption(...url) : to.option(...url)).option(
    '--token-file <file>',
    'its first line is an API token',
  );
}

async function tokenIn({ tokenFile }: { readonly tokenFile?: string }): Promise<{ readonly token?: string }> {
  if (tokenFile === undefined) return {};
  return { token: ((await readFile(tokenFile, 'utf8')).split(/\r?\n/)[0] ?? '').trim() };
}

const registryIn = async (options: RegistryOptions): Promise<Registry> => ({
  url: options.url,
  ...(await tokenIn(options)),
});

/** Records an entry of today in a call. */
async function command(registry: Registry, call: string, name: string, data: object): Promise<void> {
  const { today } = (await (await ask(registry, `/api/v1/calls/${encodeURIComponent(call)}/sealing`)).json()) as {
    today: string;
  };
  await ask(registry, `/api/v1/calls/${encodeURIComponent(call)}/${name}`, {
    method: 'POST',
    body: { occurredOn: today, data },
  });
}

program.parseAsync().catch((error: unknown) => {
  const known =
    error instanceof WrongRequest || error instanceof SealingError || (error instanceof Error && 'code' in error);
  const message = known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(FATAL);
});
