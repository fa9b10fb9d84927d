import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startRegistry } from '../../apps/registry/server';
import { registrySettingsFromEnv } from '../../apps/registry/settings';
import { processesSettingsFromEnv } from '#processes';
import { italy } from '#domain';
import { assigned, house, registered } from './story';
import type { World } from './story';

/** What a story asks of its world, over a running system. */
function worldOf({ recorder }: TestSystem): World {
  const record: World['record'] = async (
    stream,
    name,
    occurredOn,
    data = {},
    actor = { subject: 'officer-1', agency: 'ANBSC', role: 'officer' },
  ) => {
    const origin = {
      actor,
      source: { kind: 'form' } as const,
      idempotencyKey: `${stream}-${name}`,
      correlationId: 'test',
    };
    const result = await recorder.record(stream, { name, occurredOn, data }, origin);
    if (result.kind !== 'recorded') throw new Error(JSON.stringify(result));
    return '';
  };
  return { record } as World;
}

async function until<Result>(look: () => Promise<Result | undefined>): Promise<Result> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(50);
  }
}

describe('the running system', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await aSystem();
  });
  afterAll(() => closed(system));

  it('records that an agreement expired, shows it on the page, and writes to the office', async () => {
    const world = worldOf(system);
    const record: World['record'] = async (stream, ...parts) => {
      await world.record(stream, ...parts);
      const [last] = await system.store.readStream(stream, { direction: 'backward', max: 1 });
      return last!.id;
    };
    await registered({ ...world, record });
    await assigned({ ...world, record }, house, '2026-03-31');
    const expiry = await until(async () =>
      (await system.store.readStream(`asset-${house}`)).find(({ type }) => type === 'AgreementTerminated'),
    );
    expect(expiry).toMatchObject({
      data: { cause: 'expired' },
      metadata: { occurredOn: '2026-04-01', source: { kind: 'process', name: 'assets' } },
    });
    const page = await (await system.get(`/it/beni/${house}?after=${expiry.position}`)).text();
    expect(page).toContain('Annotazione automatica');
    const outbox = join(system.folder, 'outbox');
    const [name] = await until(async () => {
      const names = await readdir(outbox).catch(() => []);
      return names.some((each) => each.endsWith('.eml')) ? names.filter((each) => each.endsWith('.eml')) : undefined;
    });
    expect(await readFile(join(outbox, name!), 'utf8')).toMatch(/^To: officers@localhost/m);
  });

  it('says how the process managers are', async () => {
    const health = await until(async () => {
      const answer = (await (await system.get('/health/processes')).json()) as { messages: { sent: number } };
      return answer.messages.sent > 0 ? answer : undefined;
    });
    expect(health).toMatchObject({ ready: true, reasons: [], standby: false, messages: { waiting: 0, dead: 0 } });
    const metrics = await (await system.get('/metrics/processes')).text();
    expect(metrics).toContain('registry_process_lag{process="assets"} 0');
    expect(metrics).toContain('registry_process_messages{status="dead"} 0');
  });

  it('runs without them', async () => {
    const without = await aSystem({ PROCESSES_RUN: 'off' });
    expect((await without.get('/health/processes')).status).toBe(404);
    await closed(without);
  });
});

describe('the registry as a process of its own', () => {
  it('tells of the process managers beside its log', async () => {
    const system = await aSystem({ PROCESSES_RUN: 'off' });
    await system.close();
    const env = { REGISTRY_PORT: '0', REGISTRY_DATA: system.folder };
    const settings = registrySettingsFromEnv(env);
    const log = { kind: 'embedded', path: join(system.folder, 'events.sqlite') } as const;
    const registry = await startRegistry(settings, log, processesSettingsFromEnv(env, system.folder, italy));
    const ready = await until(async () => {
      const answer = (await (await fetch(`${registry.url}/health/ready`)).json()) as {
        processes: { processes: unknown[] };
      };
      return answer.processes.processes.length === 5 ? answer : undefined;
    });
    expect(ready).toMatchObject({ ready: true, processes: { ready: true, standby: false, effects: { pending: 0 } } });
    await registry.close();
  });
});
