import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { connected, drive } from './load';
import type { Latencies, Load } from './load';
import type { BenchSettings } from './main';
import { environment, withPlayed } from './played';
import type { Measured } from './report';
import { percentile, side } from './timing';
import { withStandalone } from './standalone';

const OFFICERS = 16;
const DOSSIERS = 256;
const CONNECTIONS = 64;
const WARM_UP_SECONDS = 3;
const ROUNDS = 2;

interface World {
  readonly data: string;
  /** Dossiers that every officer may go on with. */
  readonly assets: readonly string[];
  /** What each officer says who it is with. */
  readonly officers: readonly Record<string, string>[];
}

/**
 * Four reads to a command over HTTP, against the whole system in a process of its own over a scenario's world, with people who sign in; and the same against the same system
 * where nobody signs in, turn by turn: what access control costs.
 */
export async function mixed({ folder, seconds }: BenchSettings): Promise<Measured[]> {
  const world = await worldIn(join(folder, 'world'));
  const taken: Record<'on' | 'off', Record<'reads' | 'commands', Latencies[]>> = {
    on: { reads: [], commands: [] },
    off: { reads: [], commands: [] },
  };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const signIn of ['off', 'on'] as const) {
      const { reads, commands } = await measured(world, signIn, join(folder, `${signIn}-${round}`), seconds);
      taken[signIn].reads.push(reads);
      taken[signIn].commands.push(commands);
    }
  return (['reads', 'commands'] as const).flatMap((what) => rowsOf(what, taken.on[what], taken.off[what]));
}

function rowsOf(what: 'reads' | 'commands', on: readonly Latencies[], off: readonly Latencies[]): Measured[] {
  const title = `mixed load on ${CONNECTIONS} connections, ${what}`;
  const row = (name: string, unit: string, figure: (of: readonly Latencies[]) => number): Measured => ({
    what: name,
    rate: figure(on),
    unit,
    against: { name: 'nobody signs in', rate: figure(off) },
  });
  return [
    row(title, 'requests/s', rate),
    row(`${title}, p50`, 'ms', (of) => percentile(all(of), 0.5)),
    row(`${title}, p99`, 'ms', (of) => percentile(all(of), 0.99)),
  ];
}

const rate = (of: readonly Latencies[]): number =>
  of.reduce((sum, { ms }) => sum + ms.length, 0) / of.reduce((sum, { seconds }) => sum + seconds, 0);

/** One run on a copy of the world, in a fresh process. */
async function measured(world: World, signIn: 'on' | 'off', data: string, seconds: number) {
  cpSync(world.data, data, { recursive: true });
  const env = { ...environment(data), REGISTRY_SIGN_IN: signIn };
  return withStandalone(env, async (origin) => {
    const agent = await connected(origin, CONNECTIONS);
    const load: Load = { origin, agent, assets: world.assets, senders: signIn === 'on' ? world.officers : [{}] };
    await drive({ ...load, seconds: WARM_UP_SECONDS, seed: 1 });
    const taken = await drive({ ...load, seconds, seed: 2 });
    agent.destroy();
    return taken;
  });
}

const all = (of: readonly Latencies[]): number[] => of.flatMap(({ ms }) => ms);

/** Some thousand entries of every chapter, the officers, and dossiers to go on with. */
async function worldIn(data: string): Promise<World> {
  return withPlayed(data, { dossiers: 120, calls: 0 }, async ({ system, cast, stage }) => {
    const officers = await cast.officers(OFFICERS);
    const assets: string[] = [];
    await side(16, Array.from({ length: DOSSIERS }).keys(), async (number) => {
      const data = {
        kind: 'real-estate',
        title: `Dossier ${number}`,
        identifiers: [{ scheme: 'bench', id: `M-${number}` }],
      };
      const line = { by: 'officer', command: 'record-seizure', on: '2024-03-12', data } as const;
      assets.push((await stage.open('asset', line, `mixed-${number}`)).id);
    });
    await system.projecting.runner.reached(await system.store.head(), 600_000);
    return { data, assets, officers };
  });
}
