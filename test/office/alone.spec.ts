import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistry } from '../../apps/registry/server';
import type { Registry } from '../../apps/registry/server';
import { registrySettingsFromEnv } from '../../apps/registry/settings';
import { eventStoreSettingsFromEnv } from '#event-store';

describe('a registry that runs alone', () => {
  let folder: string;
  let registry: Registry;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'registry-'));
    const env = { REGISTRY_PORT: '0', REGISTRY_DATA: folder, REGISTRY_SIGN_IN: 'off' };
    registry = await startRegistry(registrySettingsFromEnv(env), eventStoreSettingsFromEnv(env, folder));
  });
  afterAll(async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has the whole back office with its look, but no search and no list of duties', async () => {
    const answer = await fetch(`${registry.url}/office`, { headers: { 'accept-language': 'en' } });
    const html = await answer.text();
    expect(html).toContain('Registry id of an asset');
    expect(html).not.toContain('Overdue');
    const style = /href="(\/assets\/desk[^"]+)"/.exec(html)?.[1] ?? '';
    expect((await fetch(registry.url + style)).headers.get('content-type')).toContain('text/css');
    const form = await fetch(`${registry.url}/office/assets/new/record-seizure`);
    expect([form.status, await form.text()]).toEqual([200, expect.stringContaining('<form method="post"')]);
  });
});
