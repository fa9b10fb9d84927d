import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFromEnv } from '../../apps/standalone/settings';
import { startSystem } from '../../apps/standalone/system';
import type { System } from '../../apps/standalone/system';

export interface TestSystem extends System {
  readonly folder: string;
  /** Sends JSON as a program on this machine would. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

/** The whole system on a free port with a data folder of its own. */
export async function aSystem(env: Record<string, string> = {}, clock?: () => string): Promise<TestSystem> {
  const folder = env.REGISTRY_DATA ?? (await mkdtemp(join(tmpdir(), 'registry-')));
  const all = { REGISTRY_PORT: '0', REGISTRY_SAMPLE: 'off', REGISTRY_SIGN_IN: 'off', ...env, REGISTRY_DATA: folder };
  const system = await startSystem(settingsFromEnv(all), all, clock);
  return {
    ...system,
    folder,
    post: (path, body, headers = {}) =>
      fetch(`${system.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
      }),
    get: (path, headers = {}) => fetch(`${system.url}${path}`, { headers }),
  };
}

export async function closed(system: TestSystem): Promise<void> {
  await system.close();
  await rm(system.folder, { recursive: true, force: true });
}
