import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { WitnessAnswer } from '#transparency-log';
import { WrongRequest } from '../log';
import { openWitness } from './open-witness';
import { serveWitness } from './serve';

interface WitnessOptions {
  readonly folder: string;
  readonly name?: string;
  readonly log: readonly string[];
  readonly listen: { readonly host: string; readonly port: number };
}

const collected = (value: string, before: readonly string[] = []): string[] => [...before, value];

function address(text: string): WitnessOptions['listen'] {
  const [, bracketed, plain, port = ''] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) };
  throw new InvalidArgumentError('Give an address of this machine and a port, as 127.0.0.1:8090.');
}

export function addWitnessCommand(program: Command, say: (text: string) => void): void {
  program
    .command('witness')
    .description('cosign the checkpoints of transparency logs, as long as each continues what was cosigned before (C2SP tlog-witness); run it where nobody who runs the registry can reach it')
    .requiredOption('--folder <folder>', 'of its key and of what it cosigned; made at the first start. Back it up; never start it from an older copy')
    .requiredOption('--log <file>', 'the key list of a log it is a witness of; once for each log', collected)
    .option('--name <name>', 'what a new witness is called, for ever; best its address without https://')
    .option('--listen <address>', 'where it listens; 0 for any free port', address, { host: '127.0.0.1', port: 8090 })
    .action(async ({ folder, name, log, listen }: WitnessOptions) => {
      const { witness, memory, key, origins } = await openWitness(folder, name, log);
      const stopped = new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      });
      try {
        const service = await serveWitness(witness, listen.host, listen.port, tell).catch((error: NodeJS.ErrnoException) => {
          throw new WrongRequest(`${listen.host}:${listen.port} cannot be listened on: ${error.message}`);
        });
        say(`Witness   ${key}\nOf        ${origins.join(', ')}\nListens   ${service.url}`);
        for (const { origin, size, contradictions } of memory.report())
          say(`Cosigned  ${origin}: ${size} entries${contradictions.length === 0 ? '' : `; ${contradictions.length} checkpoints that contradict it or were not proven to follow are kept in ${folder}`}`);
        await stopped;
        await service.close();
      } finally {
        memory.close();
      }
    });
} // prettier-ignore

/** Most of what is refused is somebody's mistake. What the log itself signed and does not follow is for a person. */
function tell(answer: WitnessAnswer): void {
  if (answer.status === 409 && answer.forked)
    process.stderr.write(`ALARM forked: a log signed another tree of the ${answer.size} entries that were cosigned. The note is kept.\n`);
  if (answer.status === 422)
    process.stderr.write(`not cosigned: signed by its log, and not proven to continue what was cosigned (${answer.code}: ${answer.message}). The note is kept.\n`);
} // prettier-ignore
