import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { derivedUuid, grounds } from '#domain';
import { fact, given } from './specification';

const root = join(__dirname, '..', '..');
const specs = [join(root, 'test', 'domain'), join(root, 'libs', 'domain')].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => join(folder, name)),
);

describe('every ground for refusal', () => {
  it('has an example in the specifications', () => {
    // Each spec runs in a process of its own, so the examples are found where they are written; that they hold is their own business.
    const text = specs.map((path) => readFileSync(path, 'utf8')).join('\n');
    const shown = new Set([...text.matchAll(/\.thenRefused\(\s*'([a-z-]+)'/g)].map(([, code]) => code));

    expect(Object.keys(grounds).filter((code) => !shown.has(code))).toEqual([]);
  });

  it('says what is wrong in whole sentences, and where that comes from', () => {
    for (const [code, { message, source }] of Object.entries(grounds)) {
      expect([code, message]).toEqual([code, expect.stringMatching(/^[A-Z{].*[.}]$/)]);
      expect([code, source]).toEqual([code, expect.stringMatching(/\S/)]);
    }
  });
});

describe('an idempotency key', () => {
  const seized = fact('AssetSeized', '2015-03-12', { kind: 'company' });
  const sameKey = { commandId: derivedUuid('given command', 0) };
  it('used for another entry is refused, whatever the entry says', () => {
    given(seized)
      .under({ ...sameKey, commandDigest: 'another' })
      .when('ConfiscationOrdered', '2016-05-01', { instance: 'first' })
      .thenRefused('key-reused');
    given(seized)
      .under({ ...sameKey, commandDigest: 'another' })
      .when('AssetSeized', '2015-03-12', { kind: 'castle' })
      .thenRefused('key-reused');
  });
  it('used for the same entry repeats the answer', () =>
    given(seized, fact('ConfiscationOrdered', '2016-05-01', { instance: 'first' }))
      .under({ ...sameKey, commandDigest: 'digest' })
      .when('AssetSeized', '2015-03-12', { kind: 'company' })
      .thenRepeated({ revision: 0, position: 1 }));
});
