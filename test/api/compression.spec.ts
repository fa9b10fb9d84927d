import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { encodingFor } from '#http';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

describe('the encoding of an answer', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5, br;q=0.1', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['', undefined],
    ['deflate;q=1.0, zstd', undefined],
  ])('is, of those in "%s", %s', (header, encoding) => {
    expect(encodingFor({ headers: { 'accept-encoding': header } })).toBe(encoding);
  });
});

describe('answers as they travel', () => {
  let folder: string;
  let portal: TestPortal;
  let house: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'compression-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    for (let number = 1; number <= 30; number += 1) {
      ({ id: house } = await portal.record(`P-${number}`, seizure(`P-${number}`, 'Palermo')));
    }
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  /** The bytes as they travel; fetch would unpack them. */
  function raw(path: string, headers: Record<string, string>): Promise<{ answer: IncomingMessage; body: Buffer }> {
    return new Promise((resolve, reject) => {
      get(portal.url + path, { headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('error', reject).on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ answer, body: Buffer.concat(chunks) }));
      }).on('error', reject);
    });
  }
  const listOf = (header: string | undefined): string[] => (header ?? '').split(', ').sort();

  const texts = [
    '/en/assets',
    '/api/v1/assets',
    '/api/v1/assets.csv',
    '/api/v1/assets.json',
    '/api/v1/openapi.json',
    '/en/problems',
  ];
  it.each(texts)('%s is the same, packed and plain, and smaller', async (path) => {
    const plain = await raw(path, {});
    expect(plain.answer.headers['content-encoding']).toBeUndefined();
    expect(listOf(plain.answer.headers.vary)).toContain('Accept-Encoding');
    for (const [encoding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const { answer, body } = await raw(path, { 'accept-encoding': encoding });
      expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, encoding]);
      expect(unpack(body).toString()).toBe(plain.body.toString());
      expect(body.length).toBeLessThan(plain.body.length / 2);
      expect(answer.headers.vary).toBe(plain.answer.headers.vary);
      expect(answer.headers.etag).toBe(plain.answer.headers.etag);
    }
  });

  it('keep one weak tag for all encodings, and the same Vary when nothing has changed', async () => {
    const { answer } = await raw('/api/v1/assets', { 'accept-encoding': 'br' });
    expect(answer.headers.etag).toMatch(/^W\//);
    const again = await raw('/api/v1/assets', { 'accept-encoding': 'gzip', 'if-none-match': answer.headers.etag! });
    expect([again.answer.statusCode, again.answer.headers['content-encoding'], again.body.length]).toEqual([
      304,
      undefined,
      0,
    ]);
    expect(listOf(again.answer.headers.vary)).toEqual(['Accept', 'Accept-Encoding']);
  });

  it('are not packed when they are small', async () => {
    const { answer } = await raw('/api/v1/assets?q=nowhere', { 'accept-encoding': 'br' });
    expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, undefined]);
  });

  it('are not packed when they are for one reader alone: length would tell what is secret in them', async () => {
    const { answer } = await raw(`/api/v1/assets?${'colour=red&'.repeat(200)}`, { 'accept-encoding': 'br' });
    expect([answer.statusCode, answer.headers['cache-control'], answer.headers['content-encoding']]).toEqual([
      400,
      'no-store',
      undefined,
    ]);
  });

  it('say to which page they belong whatever their encoding', async () => {
    const { body } = await raw(`/en/assets/${house}`, { 'accept-encoding': 'br' });
    expect(brotliDecompressSync(body).toString()).toContain(`href="${portal.url}/en/assets/${house}"`);
  });
});
