import { startBuilt } from '../child-process';
import type { Child } from '../child-process';

export type Name = 'standalone' | 'registry' | 'projector' | 'portal';
export type Env = Readonly<Record<string, string>>;

/** Every port is a free one, and no sample is imported. */
const quiet: Env = {
  REGISTRY_PORT: '0',
  PORTAL_PORT: '0',
  PROJECTOR_PORT: '0',
  REGISTRY_SAMPLE: 'off',
  REGISTRY_SIGN_IN: 'off',
};

/** Starts one of our programs as an operator does. */
export const program = (name: Name, env: Env): Child =>
  startBuilt(`apps/${name}/main.js`, { env: { ...quiet, ...env } });

/** Starts it and waits until it says where it listens. */
export async function started(name: Name, env: Env): Promise<{ readonly child: Child; readonly url: string }> {
  const child = program(name, env);
  const line = await child.line(/http:\/\/\S+/);
  return { child, url: /http:\/\/[^/\s]+/.exec(line)![0] };
}

/** Sends a command as a program on this machine would; a key has no spaces. */
export function post(url: string, path: string, body: unknown, key: string): Promise<Response> {
  return fetch(`${url}/api/v1/assets${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key.replaceAll(' ', '-') },
    body: JSON.stringify(body),
  });
}

export interface Acknowledged {
  readonly asset: string;
  readonly revision: number;
  readonly position: number;
}

export const seizure = (title: string): unknown => ({ occurredOn: '2015-03-12', data: { kind: 'company', title } });
