import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WrongRequest } from './wrong-request';

/** A registry to talk to: where it is, and in whose name, where it asks for that. */
export interface Registry {
  readonly url: string;
  readonly token?: string;
}

/** Asks the registry. Throws WrongRequest with the registry's own sentence where it refuses. */
export async function ask(
  registry: Registry,
  path: string,
  init: { method?: 'POST'; body?: Uint8Array | object; key?: string } = {},
): Promise<Response> {
  const { method = 'GET', body, key = randomUUID() } = init;
  const bytes = body instanceof Uint8Array;
  const url = new URL(path, registry.url.endsWith('/') ? registry.url : `${registry.url}/`);
  const answer = await fetch(url, {
    method,
    headers: {
      ...(registry.token !== undefined && { authorization: `Bearer ${registry.token}` }),
      ...(method === 'POST' && { 'idempotency-key': key }),
      ...(body && { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body && { body: bytes ? Buffer.from(body) : JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new WrongRequest(
      `${url.origin} does not answer (${error instanceof Error ? error.message : String(error)}). Check the address.`,
    );
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
  throw new WrongRequest(problem.detail ?? `${url.href} answered ${answer.status}.`);
}

/** What a file or an address holds, as JSON. Throws WrongRequest. */
export async function json<Content>(source: string, registry?: Omit<Registry, 'url'>): Promise<Content> {
  if (/^https?:\/\//.test(source)) return (await ask({ ...registry, url: source }, source)).json() as Promise<Content>;
  try {
    return JSON.parse(await readFile(source, 'utf8')) as Content;
  } catch (error) {
    throw new WrongRequest(
      `${source} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
