import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { createBundle } from './evidence/create';
import { verifiedBundleText, verifyBundle } from './evidence/verify-bundle';
import { WrongRequest } from './log';
import { provenText, verifyProof } from './proof';
import { FORGED, told } from './terminal';
import type { Terminal } from './terminal';
import { verifiedText, verifyLog } from './verify';

interface VerifyOptions {
  readonly log?: string;
  readonly keys?: string;
  readonly since?: string;
  readonly keep?: string;
  readonly withoutStore?: true;
  readonly witness?: readonly string[];
  readonly quorum?: number;
}

interface BundleOptions {
  readonly log?: string;
  readonly keys?: string;
  readonly since?: string;
}

const positive = (text: string): number => {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1 to 999.');
};

/** The log against its signatures, the store against the log, one entry, and all there is about one asset. */
export function addEvidenceCommands(program: Command, terminal: Terminal): void {
  program
    .command('verify')
    .description('hold the transparency log against its signatures, and every event of the store against the log')
    .option('--log <place>', 'folder of the transparency log, or the address it is published under; in the data folder when left out')
    .option('--keys <file>', 'the public keys you trust, kept from before; those beside the log prove nothing against whoever keeps both')
    .option('--since <file>', 'a checkpoint you kept: the log must have grown out of it')
    .option('--keep <file>', 'write the checkpoint to this file, for the next --since')
    .option('--without-store', 'the log alone, from anywhere')
    .option('--witness <key>', 'a witness that must have cosigned: its key, or a file with keys; once for each', (key: string, before: readonly string[] = []) => [...before, key])
    .option('--quorum <number>', 'how many of the witnesses must have cosigned; all of them when left out', positive)
    .action(async ({ log, keys, since, keep, withoutStore, witness, quorum }: VerifyOptions) => {
      const place = log ?? terminal.ownLog;
      const request = { log: place, ...(keys !== undefined && { keys }), ...(since !== undefined && { since }), ...(witness && { witnesses: witness }), ...(quorum !== undefined && { quorum }), onProgress: told() };
      await terminal.orForged(async () => {
        const verified = withoutStore ? await verifyLog(request) : await terminal.reading((store) => verifyLog({ ...request, store }));
        terminal.show(verified, verifiedText);
        if (verified.findings.length > 0) process.exitCode = FORGED;
        else if (keep !== undefined) writeFileSync(keep, verified.checkpoint);
      });
    }); // prettier-ignore

  program
    .command('proof')
    .description('verify the proof of one entry, offline')
    .argument('<file>', 'the proof, as the registry hands it out')
    .requiredOption('--keys <file>', 'the public keys you trust')
    .option('--leaf <file>', 'the entry as it was logged, where the proof does not hold it')
    .action(async (file: string, { keys, leaf }: { keys: string; leaf?: string }) => {
      await terminal.orForged(async () => {
        const proven = await verifyProof(file, keys, leaf);
        terminal.show(proven, provenText);
      });
    });

  const bundle = program
    .command('bundle')
    .description('evidence about an asset in one file, for a court or an archive');

  bundle
    .command('create')
    .description('put together all that the log has about an asset, with proofs and a report to read')
    .requiredOption('--asset <id>', 'registry id')
    .option('--log <place>', 'folder of the transparency log, or the address it is published under; in the data folder when left out')
    .option('--keys <file>', 'the public keys you trust; those beside the log when left out')
    .option('--since <file>', 'a checkpoint you kept: the bundle shows that the log has grown out of it')
    .option('--out <file>', 'where it is written; <asset>.evidence.zip when left out')
    .action(async ({ asset, out, log, ...more }: BundleOptions & { asset: string; out?: string }) => {
      await terminal.orForged(async () => {
        const { bytes, entries, size, findings } = await createBundle({ asset, log: log ?? terminal.ownLog, ...more, onProgress: told() });
        if (findings.length > 0) {
          terminal.say(terminal.json ? JSON.stringify({ findings }) : ['The log is not what was signed; no bundle was made of it:', ...findings.map(({ code, message }) => `  ${code}: ${message}`)].join('\n'));
          process.exitCode = FORGED;
          return;
        }
        const file = out ?? `${asset}.evidence.zip`;
        writeNew(file, bytes);
        terminal.say(terminal.json ? JSON.stringify({ file, entries, size }) : `${file}: ${entries} entries, all that a log of ${size} entries has about ${asset}.`);
      });
    }); // prettier-ignore

  bundle
    .command('verify')
    .description('verify such a file, offline; with --log also that nothing came later')
    .argument('<file>', 'the bundle')
    .option(
      '--keys <file>',
      'the public keys you trust, kept from before; those in the bundle prove nothing against whoever made it',
    )
    .option('--since <file>', 'a checkpoint you kept')
    .option('--log <place>', 'a log to look into, by folder or address')
    .action(async (file: string, options: BundleOptions) => {
      const verified = await verifyBundle({ file, ...options, onProgress: told() });
      terminal.show(verified, verifiedBundleText);
      if (verified.findings.length > 0) process.exitCode = FORGED;
    });
}

/** Never over a file that is there. Throws WrongRequest. */
function writeNew(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx' });
  } catch (error) {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new WrongRequest(there ? `${file} is there. Name another file with --out, or move it away.` : `${file} cannot be written: ${String(error)}`);
  }
} // prettier-ignore
