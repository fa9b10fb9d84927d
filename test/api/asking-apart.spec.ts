import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { italy } from '#domain';
import { startPortal } from '../../apps/portal/server';
import type { Portal } from '../../apps/portal/server';
import { startRegistry } from '../../apps/registry/server';
import type { Registry } from '../../apps/registry/server';
import { registrySettingsFromEnv } from '../../apps/registry/settings';
import { aPortal, anywhere } from './portal';
import type { TestPortal } from './portal';

/** Where pages and log are apart, the pages lead to the registry's form by its public address, and the form leads back. */
describe('the form for questions of a registry that is a process of its own', () => {
  let folder: string;
  let made: TestPortal;
  let registry: Registry;
  let portal: Portal;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apart-'));
    const readDatabase = { kind: 'sqlite', path: join(folder, 'read.sqlite') } as const;
    // Without an address of a registry; it makes the read models that the other portal reads.
    made = await aPortal(readDatabase);
    await made.settled();
    const env = { REGISTRY_PORT: '0', REGISTRY_DATA: folder, REGISTRY_PAGES: 'https://pages.example' };
    registry = await startRegistry(registrySettingsFromEnv(env), {
      kind: 'embedded',
      path: join(folder, 'log.sqlite'),
    });
    portal = await startPortal({ where: anywhere, profile: italy, asking: registry.url }, readDatabase);
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await registry.close();
    await made.close();
    await rm(folder, { recursive: true });
  });

  const page = async (url: string): Promise<string> => (await fetch(url, { headers: { accept: 'text/html' } })).text();

  it('is led to from the pages', async () => {
    const link = /href="([^"]+\/ask\/en\/report\/calls)"/.exec(await page(`${portal.url}/en/calls`))?.[1];
    expect(link).toBe(`${registry.url}/ask/en/report/calls`);
    expect((await fetch(link!)).status).toBe(200);
  });

  it('is absent from pages that were told of no registry', async () => {
    expect(await page(`${made.url}/en/calls`)).not.toContain('/ask/');
    expect((await fetch(`${made.url}/ask/en/report/calls`)).status).toBe(404);
  });

  it('brings its own stylesheet', async () => {
    const html = await page(`${registry.url}/ask/en/report/calls`);
    const path = /rel="stylesheet" href="([^"]+)"/.exec(html)![1]!;
    const style = await fetch(registry.url + path);
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });

  it('leads back to the public pages', async () => {
    const answer = await fetch(`${registry.url}/ask/en/report/calls`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: registry.url },
      body: new URLSearchParams({ text: 'Why?' }),
    });
    const received = await page(registry.url + answer.headers.get('location')!);
    expect(received).toMatch(/href="https:\/\/pages\.example\/en\/dialogue\/IT-D-/);
    expect(received).toContain('href="https://pages.example/en/calls"');
  });
});
