import fc from 'fast-check';
import {
  SealingError,
  combineShares,
  makeEvaluatorKeys,
  makeSealingKeys,
  openApplication,
  openShare,
  requireSealedApplication,
  sealApplication,
} from '#sealing';
import type { SealingFault, SealingKeys } from '#sealing';
import { aCall, altered, faultOf } from './calls';

const { keys, evaluators, shares } = aCall();
const publicKeys = evaluators.map(({ publicKey }) => publicKey);
const place = { call: 'call-1', organisation: 'organisation-1', application: 'application-1' };
const plaintext = Buffer.from('text');
const sealed = sealApplication({ ...place, publicKey: keys.publicKey, plaintext });
const privateKey = combineShares({ keys, shares });

/** Each place where a text comes in, and a good one. */
const entrances: Record<string, readonly [good: string, take: (text: string) => unknown]> = {
  'a public key to seal to': [keys.publicKey, (text) => sealApplication({ ...place, publicKey: text, plaintext })],
  'an evaluator’s public key': [
    publicKeys[0] ?? '',
    (text) => makeSealingKeys({ call: 'c', threshold: 2, evaluators: [text, publicKeys[1] ?? ''] }),
  ],
  'a private key': [privateKey, (text) => openApplication({ ...place, privateKey: text, sealed })],
  'an evaluator’s private key': [
    evaluators[0]?.privateKey ?? '',
    (text) => openShare({ keys, evaluator: 1, privateKey: text }),
  ],
  'a share': [shares[0] ?? '', (text) => combineShares({ keys, shares: [text, ...shares.slice(1)] })],
  'an encrypted share': [
    keys.encryptedShares[0] ?? '',
    (text) =>
      openShare({
        keys: { ...keys, encryptedShares: [text, ...keys.encryptedShares.slice(1)] } as SealingKeys,
        evaluator: 1,
        privateKey: evaluators[0]?.privateKey ?? '',
      }),
  ],
  'a commitment': [
    keys.commitments[0] ?? '',
    (text) =>
      combineShares({ keys: { ...keys, commitments: [text, ...keys.commitments.slice(1)] } as SealingKeys, shares }),
  ],
  'a sealed application': [sealed, (text) => openApplication({ ...place, privateKey, sealed: text })],
};

const body = (text: string): string => text.split('.')[2] ?? '';
const withBody = (text: string, change: (body: string) => string): string =>
  text.slice(0, text.length - body(text).length) + change(body(text));

const misspelt: readonly [name: string, fault: SealingFault, spell: (good: string) => unknown][] = [
  ['undefined', 'text-not-string', () => undefined],
  ['a number', 'text-not-string', () => 7],
  ['bytes', 'text-not-string', (good) => Buffer.from(good)],
  ['nothing', 'text-of-another-kind', () => ''],
  ['another version', 'text-of-another-kind', (good) => good.replace('seal1', 'seal2')],
  ['another kind', 'text-of-another-kind', (good) => good.replace(/\.[a-z-]+\./, '.poem.')],
  ['a space before it', 'text-of-another-kind', (good) => ` ${good}`],
  ['no bytes', 'text-too-short', (good) => withBody(good, () => '')],
  ['a byte too few', 'text-too-short', (good) => altered(good, (bytes) => bytes.subarray(0, 30))],
  ['too much', 'text-too-long', (good) => withBody(good, (text) => text + 'A'.repeat(12_000_000))],
  ['a letter of plain base64', 'text-not-base64url', (good) => withBody(good, (text) => `+${text.slice(1)}`)],
  ['padding', 'text-not-base64url', (good) => withBody(good, (text) => `${text.slice(0, -1)}=`)],
  ['a line end', 'text-not-base64url', (good) => withBody(good, (text) => `${text.slice(0, -1)}\n`)],
  ['a letter beyond ASCII', 'text-not-base64url', (good) => withBody(good, (text) => `é${text.slice(1)}`)],
];

describe.each(Object.entries(entrances))('%s', (_, [good, take]) => {
  it('is taken as it should be', () => expect(faultOf(() => take(good))).toBe('none'));

  it.each(misspelt)('is refused as %s: %s', (_name, fault, spell) => {
    expect(faultOf(() => take(spell(good) as string))).toBe(fault);
  });

  it('is not repeated in the message', () => {
    const bad = withBody(good, (text) => `${text.slice(0, -1)}=`);
    expect(() => take(bad)).toThrow(SealingError);
    expect(() => take(bad)).not.toThrow(body(good).slice(4, 20));
  });

  it('is refused with an error of ours, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.string().map((text) => withBody(good, () => text)),
        ),
        (anything) => {
          expect(faultOf(() => take(anything as string))).not.toBe('none');
        },
      ),
    );
  });
});

describe('stray bits behind the last byte', () => {
  it.each(['a public key to seal to', 'a private key'])('of %s are refused', (entrance) => {
    const [good = '', take] = entrances[entrance] ?? [];
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const stray = good.slice(0, -1) + (alphabet[alphabet.indexOf(good.slice(-1)) ^ 1] ?? '');
    expect(faultOf(() => take?.(stray))).toBe('text-not-base64url');
  });
});

describe('a public key', () => {
  const sealTo = (hex: string) =>
    faultOf(() =>
      sealApplication({
        ...place,
        plaintext,
        publicKey: `seal1.public-key.${Buffer.from(hex, 'hex').toString('base64url')}`,
      }),
    );

  it('is no point of low order', () => {
    expect(sealTo('00'.repeat(32))).toBe('public-key-weak');
    expect(sealTo(`01${'00'.repeat(31)}`)).toBe('public-key-weak');
    expect(sealTo(`ec${'ff'.repeat(30)}7f`)).toBe('public-key-weak');
  });

  it('has one spelling', () => {
    expect(sealTo(`f6${'ff'.repeat(30)}7f`)).toBe('public-key-not-canonical');
    expect(sealTo('ff'.repeat(32))).toBe('public-key-not-canonical');
  });
});

describe('a ceremony', () => {
  const ask = (wishes: Partial<Parameters<typeof makeSealingKeys>[0]>) =>
    faultOf(() => makeSealingKeys({ call: 'call-1', threshold: 2, evaluators: publicKeys, ...wishes }));

  it.each([0, 1, 6, -2, 2.5, Number.NaN, '3' as unknown as number])(
    'asks for no threshold of %s among five',
    (threshold) => {
      expect(ask({ threshold })).toBe('threshold-out-of-range');
    },
  );

  it('has 2 to 32 evaluators, each once', () => {
    const many = Array.from({ length: 33 }, () => makeEvaluatorKeys().publicKey);
    expect(ask({ evaluators: many.slice(0, 32) })).toBe('none');
    expect(ask({ evaluators: many })).toBe('evaluators-out-of-range');
    expect(ask({ evaluators: many.slice(0, 1) })).toBe('evaluators-out-of-range');
    expect(ask({ evaluators: undefined as unknown as string[] })).toBe('evaluators-out-of-range');
    expect(ask({ evaluators: [...many.slice(0, 2), many[0] ?? ''] })).toBe('evaluator-twice');
  });

  it('needs all the randomness it asks for', () => {
    expect(ask({ random: (bytes) => new Uint8Array(bytes - 1) })).toBe('randomness-malformed');
  });

  it.each(['', 'x'.repeat(257), 'é'.repeat(129), '\ud800', 7 as unknown as string])(
    'is for no call named %j',
    (call) => {
      expect(ask({ call })).toBe('identifier-malformed');
      expect(faultOf(() => sealApplication({ ...place, call, publicKey: keys.publicKey, plaintext }))).toBe(
        'identifier-malformed',
      );
      expect(faultOf(() => openApplication({ ...place, organisation: call, privateKey, sealed }))).toBe(
        'identifier-malformed',
      );
    },
  );
});

describe('published keys', () => {
  const [first = 'seal1.commitment.', second = 'seal1.commitment.', ...rest] = keys.commitments;

  it.each<[string, SealingFault, unknown]>([
    ['nothing', 'keys-malformed', null],
    ['lists of different lengths', 'keys-malformed', { ...keys, commitments: rest }],
    ['no list', 'keys-malformed', { ...keys, encryptedShares: 'seal1.' }],
    [
      'too few evaluators',
      'evaluators-out-of-range',
      { ...keys, commitments: [first], encryptedShares: keys.encryptedShares.slice(0, 1) },
    ],
    ['an unreachable threshold', 'threshold-out-of-range', { ...keys, threshold: 6 }],
    ['no call', 'identifier-malformed', { ...keys, call: '' }],
    ['two commitments exchanged', 'keys-misplaced', { ...keys, commitments: [second, first, ...rest] }],
  ])('with %s are refused: %s', (_, fault, published) => {
    expect(faultOf(() => combineShares({ keys: published as SealingKeys, shares }))).toBe(fault);
  });

  it('take shares in a list', () => {
    expect(faultOf(() => combineShares({ keys, shares: 'seal1' as unknown as string[] }))).toBe('shares-malformed');
  });
});

describe('an application', () => {
  it('is bytes before sealing and a text after', () => {
    const text = 'text' as unknown as Uint8Array;
    expect(faultOf(() => sealApplication({ ...place, publicKey: keys.publicKey, plaintext: text }))).toBe(
      'application-not-bytes',
    );
    expect(faultOf(() => requireSealedApplication(plaintext))).toBe('text-not-string');
  });
});
