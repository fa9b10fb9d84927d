import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom } from './lives';
import { side } from './timing';

export interface Load {
  readonly origin: string;
  /** Open connections, each for one who asks. */
  readonly agent: Agent;
  /** Dossiers that are read and gone on with. */
  readonly assets: readonly string[];
  /** The headers of those who send, in turn. */
  readonly senders: readonly Record<string, string>[];
}

/** How long each answer took, in milliseconds, and for how many seconds they were asked for. */
export interface Latencies {
  readonly ms: readonly number[];
  readonly seconds: number;
}

/** One command in so many requests. */
const COMMANDS = 0.2;

/**
 * Opens so many connections and keeps them. Node accepts one in each turn of its event loop: opened under load, the last ones would wait for seconds, and the load that is measured
 * would not be the one that was asked for.
 */
export async function connected(origin: string, connections: number): Promise<Agent> {
  // Each connection in its turn, as if somebody else asked each time: by default the one used last is used again, and most requests would come to one process of the server.
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  await Promise.all(Array.from({ length: connections }, () => answered(agent, origin, { path: '/health/live' }, {})));
  return agent;
}

/**
 * Keeps every connection busy with one request after another (a closed loop: who waits asks for nothing meanwhile), four reads to a command. Throws at the first answer that is
 * not 2xx.
 */
export async function drive(
  load: Load & { readonly seconds: number; readonly seed: number },
): Promise<Record<'reads' | 'commands', Latencies>> {
  const { origin, agent, assets, senders, seconds, seed } = load;
  const ms = { reads: [] as number[], commands: [] as number[] };
  const until = performance.now() + seconds * 1000;
  const workers = Array.from({ length: agent.maxSockets }).keys();
  const began = performance.now();
  await side(agent.maxSockets, workers, async (worker) => {
    const random = randomFrom(seed * 1000 + worker);
    const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    const headers = senders[worker % senders.length] ?? {};
    while (performance.now() < until) {
      const command = random() < COMMANDS;
      const asked = command ? commandOn(one(assets), random()) : { path: one(reads)(one(assets)) };
      const sent = performance.now();
      await answered(agent, origin, asked, headers);
      ms[command ? 'commands' : 'reads'].push(performance.now() - sent);
    }
  });
  const took = (performance.now() - began) / 1000;
  return { reads: { ms: ms.reads, seconds: took }, commands: { ms: ms.commands, seconds: took } };
}

/**
 * Asks for addresses in turn at instants that do not depend on the answers (an open loop), as many people do who know nothing of each other: the gaps are exponential (a Poisson process), the same for the same seed. How long
 * an answer took counts from the instant at which it should have been asked for, so that a server that falls behind is not spared. Throws at the first answer that is not 2xx.
 */
export async function atRate(
  origin: string,
  agent: Agent,
  addresses: readonly string[],
  {
    perSecond,
    seconds,
    seed,
    first = 0,
    headers = () => ({}),
  }: {
    readonly perSecond: number;
    readonly seconds: number;
    readonly seed: number;
    /** The place of the address that is asked for first. */
    readonly first?: number;
    /** Those of one request. */
    readonly headers?: () => Record<string, string>;
  },
): Promise<Latencies> {
  const random = randomFrom(seed);
  const ms: number[] = [];
  const asked: Promise<void>[] = [];
  const began = performance.now();
  let due = 0;
  for (let number = 0; due < seconds * 1000; number += 1) {
    const wait = began + due - performance.now();
    if (wait > 0) await pause(wait);
    const from = began + due;
    const path = addresses[(first + number) % addresses.length]!;
    asked.push(answered(agent, origin, { path }, headers()).then(() => void ms.push(performance.now() - from)));
    due += (-Math.log(1 - random()) / perSecond) * 1000;
  }
  await Promise.all(asked);
  return { ms, seconds };
}

interface Asked {
  readonly path: string;
  readonly body?: string;
}

/** What citizens and officers look at: the register, dossiers, reports; as pages and as data. */
const reads: readonly ((asset: string) => string)[] = [
  () => '/en/assets',
  () => '/it/beni',
  (asset) => `/en/assets/${asset}`,
  (asset) => `/api/v1/assets/${asset}`,
  (asset) => `/api/v1/assets/${asset}/timeline`,
  () => '/api/v1/assets?kind=real-estate&limit=50',
  () => '/api/v1/assets?phase=confiscated-final',
  () => '/en/indicators',
];

const ENTRIES = [
  ['record-valuation', { method: 'appraisal', value: { minor: 12_000_000, currency: 'EUR' } }],
  ['record-inspection', { condition: 'fair', readyForDestination: false, findings: 'Accessible, no occupants.' }],
  ['allocate-funds', { source: 'state', amount: { minor: 100_000, currency: 'EUR' } }],
] as const;

/** A new dossier now and then, most often an entry in one that is there. */
function commandOn(asset: string, chance: number): Asked {
  const place = Math.floor(chance * (ENTRIES.length + 1));
  const [name, data] = ENTRIES[place] ?? [];
  return name === undefined
    ? { path: '/api/v1/assets', body: entry({ kind: 'company', title: 'A company of the bench' }) }
    : { path: `/api/v1/assets/${asset}/${name}`, body: entry(data) };
}

const entry = (data: object | undefined): string => JSON.stringify({ occurredOn: '2025-06-01', data });

function answered(agent: Agent, origin: string, { path, body }: Asked, sender: Record<string, string>): Promise<void> {
  const command = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const options = {
    agent,
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...sender, ...(body !== undefined && command) },
  };
  return new Promise((resolve, reject) => {
    const sent = request(origin + path, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('error', reject).on('end', () => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`${options.method} ${path}: ${statusCode} ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}
