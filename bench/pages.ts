import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { italy } from '#domain';
import { ProjectionRunner, ReadDatabase, projectionsFor, registerSlice } from '#read-models';
import type { BenchSettings } from './main';
import { randomFrom } from './lives';
import { atRate, connected } from './load';
import type { Measured } from './report';
import { percentile } from './timing';
import { openWorld, worldOf } from './world';

const REQUESTS_PER_SECOND = 200;
const SECONDS = 20;
const CONNECTIONS = 64;
const AIM_MS = 50;

/** Latency of the portal, a process of its own, over a large register, at a steady rate of requests. */
export async function pages({ assets, cache }: BenchSettings): Promise<Measured[]> {
  const path = await registerOf(assets, cache);
  const ids = await someIds(path);
  const portal = spawn(process.execPath, [join(__dirname, '../apps/portal/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORTAL_PORT: '0', READ_DATABASE: 'sqlite', READ_DATABASE_PATH: path },
  });
  try {
    const [line] = (await once(portal.stdout, 'data')) as [Buffer];
    const origin = /http:\S+[^/\s]/.exec(String(line))?.[0];
    if (origin === undefined) throw new Error(`The portal did not say where it listens: ${String(line)}`);
    const rows: Measured[] = [];
    for (const [what, addresses] of Object.entries(questions(ids))) rows.push(await asked(origin, what, addresses));
    return rows;
  } finally {
    portal.kill();
    await once(portal, 'exit');
  }
}

function questions(ids: readonly string[]): Record<string, string[]> {
  const regions = ['19', '15', '18', '03', '16', '12'];
  const each = <Item>(items: readonly Item[], address: (item: Item) => string): string[] => items.map(address);
  return {
    'register page': ['/en/assets', '/it/beni'],
    'register page by region and phase': each(
      regions,
      (region) => `/en/assets?region=${region}&phase=confiscated-final`,
    ),
    'register as JSON by region and kind': each(
      regions,
      (region) => `/api/v1/assets?region=${region}&kind=real-estate`,
    ),
    'register page by words': each(
      ['appartamento', 'terreno agricolo', 'comune 17', 'garage sicilia'],
      (words) => `/en/assets?q=${encodeURIComponent(words)}`,
    ),
    'register page as of a day': each(
      ['2005-06-30', '2015-01-01', '2020-12-31'],
      (day) => `/en/assets?asOf=${day}&region=15`,
    ),
    'asset page': each(ids, (id) => `/en/assets/${id}`),
    'asset as JSON': each(ids, (id) => `/api/v1/assets/${id}`),
    'indicators page': ['/en/indicators'],
  };
}

async function asked(origin: string, what: string, addresses: readonly string[]): Promise<Measured> {
  const agent = await connected(origin, CONNECTIONS);
  try {
    await atRate(origin, agent, addresses, { perSecond: REQUESTS_PER_SECOND, seconds: 3, seed: 1 });
    const { ms } = await atRate(origin, agent, addresses, {
      perSecond: REQUESTS_PER_SECOND,
      seconds: SECONDS,
      seed: 2,
    });
    return {
      what: `p99 of ${what}, ${REQUESTS_PER_SECOND} requests/s`,
      rate: percentile(ms, 0.99),
      unit: 'ms',
      aim: { max: AIM_MS },
    };
  } finally {
    agent.destroy();
  }
}

/** The read models of so many assets, built once and used again by later runs. */
async function registerOf(assets: number, cache: string): Promise<string> {
  const versions = projectionsFor(italy).map(({ name, version }) => `${name}-${version}`);
  const path = join(cache, `register-of-${assets}-${versions.join('-')}.sqlite`);
  const made = `${path}.made`;
  if (existsSync(made)) return path;
  const database = await ReadDatabase.openForWriting({ kind: 'sqlite', path });
  const store = openWorld(await worldOf({ assets }, cache));
  const runner = new ProjectionRunner(store, database, projectionsFor(italy));
  await runner.start();
  await runner.reached(await store.head(), 3_600_000);
  await runner.stop();
  await database.close();
  await store.close();
  writeFileSync(made, '');
  return path;
}

async function someIds(path: string): Promise<string[]> {
  const database = await ReadDatabase.openForReading({ kind: 'sqlite', path });
  const random = randomFrom(7);
  const ids: string[] = [];
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  while (ids.length < 200) {
    const somewhere = `IT-${letters[Math.floor(random() * 32)]}${letters[Math.floor(random() * 32)]}${letters[Math.floor(random() * 32)]}`;
    const { items } = await registerSlice(database, { after: somewhere, limit: 1 });
    ids.push(...items.map(({ id }) => id));
  }
  await database.close();
  return ids;
}
