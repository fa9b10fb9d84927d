import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { START, openEmbeddedLog } from '#event-store';
import { post, seizure, started } from './programs';
import type { Acknowledged } from './programs';

/** A stop takes seconds, not minutes. */
const BOUND_MS = 12_000;

describe('a program that is asked to stop', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stop-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function expectCleanStop(
    child: { stop: (signal?: 'SIGTERM' | 'SIGINT') => Promise<{ code: number | null; errors: string }> },
    signal: 'SIGTERM' | 'SIGINT',
  ): Promise<void> {
    const asked = performance.now();
    const { code, errors } = await child.stop(signal);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(performance.now() - asked).toBeLessThan(BOUND_MS);
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s, each of them', async (signal) => {
    const registry = await started('registry', { REGISTRY_DATA: folder });
    const projector = await started('projector', { REGISTRY_DATA: folder });
    const portal = await started('portal', { REGISTRY_DATA: folder });
    for (const { child } of [portal, projector, registry]) await expectCleanStop(child, signal);
    const standalone = await started('standalone', { REGISTRY_DATA: folder });
    await expectCleanStop(standalone.child, signal);
  });

  it('ends cleanly in the middle of the import of the sample, which goes on at the next start', async () => {
    const { child } = await started('standalone', { REGISTRY_DATA: folder, REGISTRY_SAMPLE: 'on' });
    await child.line(/importing sample data/);
    await pause(200);
    await expectCleanStop(child, 'SIGINT');
    const again = await started('standalone', { REGISTRY_DATA: folder, REGISTRY_SAMPLE: 'on' });
    await again.child.line(/Ctrl-C stops it/);
    await expectCleanStop(again.child, 'SIGTERM');
  }, 90_000);

  it('loses nothing it acknowledged and cuts no answer off, with many writers at work', async () => {
    const { child, url } = await started('standalone', { REGISTRY_DATA: folder });
    const acknowledged: (Acknowledged & { title: string })[] = [];
    const failures: string[] = [];
    const agent = new Agent({ keepAlive: true });
    /** One command over a connection that is kept; an answer counts only when it arrived whole. */
    const send = (title: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': title };
        const sent = request(`${url}/api/v1/assets`, { method: 'POST', headers, agent }, (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          answer.on('error', () => reject(new Error('an answer was cut off')));
          answer.on('end', () => {
            if (answer.statusCode === 201) acknowledged.push({ ...(JSON.parse(text) as Acknowledged), title });
            else failures.push(`${answer.statusCode}`);
            resolve();
          });
        });
        sent.on('error', reject);
        sent.end(JSON.stringify(seizure(title)));
      });
    const writers = Array.from({ length: 16 }, async () => {
      for (;;) {
        try {
          await send(randomUUID());
        } catch (error) {
          failures.push(error instanceof Error ? error.message : String(error));
          return;
        }
      }
    });
    await pause(500);
    await expectCleanStop(child, 'SIGTERM');
    await Promise.all(writers);
    agent.destroy();

    expect(acknowledged.length).toBeGreaterThan(10);
    expect(
      failures.filter(
        (failure) => !/^(503|(Error: )?(connect ECONNREFUSED.*|read ECONNRESET|socket hang up))$/.test(failure),
      ),
    ).toEqual([]);
    const log = openEmbeddedLog(join(folder, 'events.sqlite'));
    const titles = (await log.readAll(START, 100_000)).map(({ data }) => data.title);
    await log.close();
    expect(new Set(titles).size).toBe(titles.length);
    expect(acknowledged.filter(({ title, position }) => titles[position - 1] !== title)).toEqual([]);
  });

  it('answers those who wait, within its bound', async () => {
    const { child, url } = await started('standalone', { REGISTRY_DATA: folder });
    await post(url, '', seizure('Cantina'), 'one');
    const waiting = fetch(`${url}/api/v1/assets?after=1000000`);
    await pause(100);
    await expectCleanStop(child, 'SIGTERM');
    expect((await waiting).status).toBe(503);
  });

  it('does not wait for a request that never comes to its end', async () => {
    const { child, url } = await started('standalone', { REGISTRY_DATA: folder });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      'POST /api/v1/assets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await pause(100);
    await expectCleanStop(child, 'SIGTERM');
    socket.destroy();
  });
});
