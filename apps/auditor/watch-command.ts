import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { LogAway } from './source';
import type { Alarm, Look, WatchRequest } from './watch';
import { breaksProof, lookAt } from './watch';
import { keepEvidence } from './watched';

interface WatchOptions {
  readonly state: string;
  readonly keys?: string;
  readonly once?: true;
  readonly every: number;
  readonly stalledAfter?: number;
  readonly backdatedDays?: number;
  readonly lateAfter: number;
}

/** How the program speaks and ends. */
export interface Voice {
  readonly say: (text: string) => void;
  readonly json: () => boolean;
  /** Exit code of an alarm. */
  readonly forged: number;
}

const MOST_SECONDS = 366 * 86_400;

const whole =
  (what: string, least: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d{1,9}$/.test(text) && number >= least && number <= MOST_SECONDS) return number;
    throw new InvalidArgumentError(`Give ${what} as a whole number from ${least} to ${MOST_SECONDS}.`);
  };

export function addWatchCommand(program: Command, voice: Voice): void {
  program
    .command('watch')
    .description('follow a transparency log and say when it forks, shrinks, stalls, or takes in what is back-dated; runs until it is stopped, or until the proof is broken')
    .argument('<log>', 'folder of the transparency log, or the address it is published under')
    .requiredOption('--state <file>', 'where the last checkpoint is kept, out of the reach of whoever runs the registry; made at the first look')
    .option('--keys <file>', 'the public keys you trust; when left out, those found beside the log at the first look')
    .option('--once', 'look once and end, for cron: exit code 4 when somebody is to be woken')
    .option('--every <seconds>', 'between two looks', whole('seconds', 1), 60)
    .option('--stalled-after <seconds>', 'how long the log may stay as it is', whole('seconds', 1))
    .option('--backdated-days <days>', 'how many days after the fact an entry may be recorded', whole('days', 0))
    .option('--late-after <seconds>', 'how long after it was recorded an entry may come into the log', whole('seconds', 60), 3600)
    .action(async (log: string, options: WatchOptions) => {
      const { once, every, ...given } = options;
      const request: WatchRequest = { log, ...given };
      if (once) return void (await lookOnce(request, voice, new Set()));
      await watch(request, every * 1000, voice);
    });
} // prettier-ignore

/** Ends with the proof: what is signed after a fork says nothing. */
async function watch(request: WatchRequest, everyMs: number, voice: Voice): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const said = new Set<string>();
  let before: string | undefined;
  while (!stopping.signal.aborted) {
    try {
      if ((await lookOnce(request, voice, said)).some(breaksProof)) return;
      before = undefined;
    } catch (error) {
      if (!(error instanceof LogAway)) throw error;
      if (error.message !== before) process.stderr.write(`${error.message}\n`);
      before = error.message;
    }
    await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

/** Looks, and says what is new: a stall is said once, until the log grows. */
async function lookOnce(request: WatchRequest, voice: Voice, said: Set<string>): Promise<readonly Alarm[]> {
  const look = await lookAt(request);
  const { alarms } = look;
  for (const { code, evidence } of alarms) if (evidence !== undefined) await keepEvidence(request.state, code, evidence);
  if (alarms.length > 0) process.exitCode = voice.forged;
  if (look.grownBy > 0) said.delete('stalled');
  const fresh = alarms.filter(({ code }) => code !== 'stalled' || !said.has(code));
  for (const { code } of fresh) said.add(code);
  const notices = look.notices.filter((notice) => !said.has(notice));
  for (const notice of notices) said.add(notice);
  if (look.grownBy > 0 || fresh.length > 0 || notices.length > 0 || !said.has('looked'))
    voice.say(voice.json() ? JSON.stringify({ ...look, alarms: fresh, notices }) : lookText(request, look, fresh, notices));
  said.add('looked');
  return alarms;
} // prettier-ignore

function lookText({ state }: WatchRequest, { origin, size, grownBy }: Look, alarms: readonly Alarm[], notices: readonly string[]): string {
  return [
    `${new Date().toISOString()} ${origin}: ${size} entries, ${grownBy} of them new, ${alarms.length === 0 ? 'signature good' : `${alarms.length} alarm${alarms.length === 1 ? '' : 's'}`}`,
    ...notices.map((notice) => `  notice: ${notice}`),
    ...alarms.map(({ code, message, evidence }) => `  ALARM ${code}: ${message}${evidence === undefined ? '' : ` The signed note is in ${state}.${code}; keep it.`}`),
  ].join('\n');
} // prettier-ignore
