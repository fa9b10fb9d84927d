import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  combineShares,
  makeEvaluatorKeys,
  makeSealingKeys,
  openApplication,
  openShare,
  sealApplication,
  sealingKeysDigest,
} from '#sealing';
import type { SealingKeys } from '#sealing';
import { aCall, altered, bitTurned, bytesOf, errorOf, faultOf, foreseeable } from './calls';

const place = { call: 'call-1', organisation: 'organisation-1', application: 'application-1' };
const plaintext = Buffer.from('A cooperative bakery in the villa, with 12 places of work.');

const replaced = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((old, at) => (at === index ? value : old));

describe('a call dealt to its evaluators', () => {
  it('is opened by any k of n, in any order', () => {
    const cases = fc.integer({ min: 2, max: 9 }).chain((evaluators) =>
      fc.record({
        evaluators: fc.constant(evaluators),
        threshold: fc.integer({ min: 2, max: evaluators }),
        seed: fc.string(),
        order: fc.shuffledSubarray([...Array(evaluators).keys()], { minLength: evaluators, maxLength: evaluators }),
        extra: fc.nat({ max: 2 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ evaluators, threshold, seed, order, extra }) => {
        const { keys, shares } = aCall({ evaluators, threshold, seed });
        const sealed = sealApplication({ ...place, publicKey: keys.publicKey, plaintext });
        const given = order.slice(0, threshold + extra).map((at) => shares[at] ?? '');
        const privateKey = combineShares({ keys, shares: given });
        expect(Buffer.from(openApplication({ ...place, privateKey, sealed }))).toEqual(plaintext);
      }),
      { numRuns: 25 },
    );
  });

  it('is opened by 32 evaluators of 32', () => {
    const { keys, shares } = aCall({ evaluators: 32, threshold: 32 });
    expect(combineShares({ keys, shares })).toMatch(/^seal1\.private-key\./);
  });

  it('is not opened by k − 1, nor by k − 1 that say k − 1 are enough', () => {
    const cases = fc.record({ threshold: fc.integer({ min: 3, max: 6 }), seed: fc.string() });
    fc.assert(
      fc.property(cases, ({ threshold, seed }) => {
        const { keys, shares } = aCall({ evaluators: 6, threshold, seed });
        const few = shares.slice(0, threshold - 1);
        expect(faultOf(() => combineShares({ keys, shares: few }))).toBe('shares-too-few');
        const lowered = { ...keys, threshold: threshold - 1 };
        expect(faultOf(() => combineShares({ keys: lowered, shares: few }))).toBe('combined-key-wrong');
      }),
      { numRuns: 20 },
    );
  });

  it('deals shares whose bytes are evenly distributed although the key stays the same', () => {
    const people = [makeEvaluatorKeys(), makeEvaluatorKeys()];
    const counts = new Array<number>(256).fill(0);
    const deals = 160;
    for (let deal = 0; deal < deals; deal++) {
      const sameKey = foreseeable('the same key');
      const other = foreseeable(`deal ${deal}`);
      let drawn = 0;
      const random = (bytes: number): Uint8Array => (drawn++ === 0 ? sameKey(bytes) : other(bytes));
      const keys = makeSealingKeys({ call: 'c', threshold: 2, evaluators: people.map((one) => one.publicKey), random });
      const share = openShare({ keys, evaluator: 1, privateKey: people[0]?.privateKey ?? '' });
      for (const byte of bytesOf(share).subarray(1)) counts[byte] = (counts[byte] ?? 0) + 1;
    }
    const expected = (deals * 32) / 256;
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquared).toBeGreaterThan(164); // 255 degrees of freedom: outside these bounds in less than 1 of 100 000
    expect(chiSquared).toBeLessThan(363);
  });

  it('takes the randomness of the system when none is given, and never the same twice', () => {
    const evaluators = [makeEvaluatorKeys().publicKey, makeEvaluatorKeys().publicKey];
    const calls = [1, 2].map(() => makeSealingKeys({ call: 'call-1', threshold: 2, evaluators }));
    expect(calls[0]?.publicKey).not.toBe(calls[1]?.publicKey);
  });

  it('publishes no secret: no share and no key stands in what the ceremony leaves behind', () => {
    const { keys, shares } = aCall();
    const published = [keys.publicKey, ...keys.encryptedShares, ...keys.commitments].map(bytesOf);
    const secrets = [...shares.map((share) => bytesOf(share).subarray(1)), bytesOf(combineShares({ keys, shares }))];
    for (const secret of secrets) expect(published.filter((bytes) => bytes.includes(secret))).toEqual([]);
  });

  it('commits to call, number and share, as an auditor would write it', () => {
    const { keys, shares } = aCall();
    const written = shares.map((share) => {
      const [number = 0, ...value] = bytesOf(share);
      const purpose = 'social-reuse-registry/sealing/v1/commitment';
      const parts = [Buffer.from(purpose), Buffer.from('call-1'), Buffer.of(number), Buffer.from(value)];
      const hash = createHash('sha256');
      for (const part of parts) hash.update(Buffer.of(0, 0, 0, part.length)).update(part);
      return `seal1.commitment.${Buffer.concat([Buffer.of(number), hash.digest()]).toString('base64url')}`;
    });
    expect(keys.commitments).toEqual(written);
  });

  it('has a digest over everything published', () => {
    const { keys } = aCall();
    const digest = sealingKeysDigest(keys);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const others: SealingKeys[] = [
      { ...keys, call: 'call-2' },
      { ...keys, threshold: 2 },
      { ...keys, publicKey: aCall({ seed: 'other' }).keys.publicKey },
      ...keys.encryptedShares.map((share, at) => ({
        ...keys,
        encryptedShares: replaced(keys.encryptedShares, at, bitTurned(share, 40) as typeof share),
      })),
      ...keys.commitments.map((commitment, at) => ({
        ...keys,
        commitments: replaced(keys.commitments, at, bitTurned(commitment, 9) as typeof commitment),
      })),
    ];
    expect(new Set([digest, ...others.map(sealingKeysDigest)]).size).toBe(others.length + 1);
  });
});

describe('an evaluator’s share', () => {
  const { keys, evaluators, shares } = aCall();
  const mine = { evaluator: 2, privateKey: evaluators[1]?.privateKey ?? '' };
  const encrypted = keys.encryptedShares[1] ?? 'seal1.encrypted-share.';
  const withEncrypted = (text: string): SealingKeys => ({
    ...keys,
    encryptedShares: replaced(keys.encryptedShares, 1, text as typeof encrypted),
  });

  it('opens with the evaluator’s key alone', () => {
    expect(openShare({ keys, ...mine })).toBe(shares[1]);
    const others = { evaluator: 2, privateKey: evaluators[0]?.privateKey ?? '' };
    expect(errorOf(() => openShare({ keys, ...others }))).toMatchObject({ code: 'share-unreadable', evaluators: [2] });
  });

  it('is refused with any of its bytes changed', () => {
    const fault = (byte: number, bit: number) =>
      faultOf(() => openShare({ keys: withEncrypted(bitTurned(encrypted, byte, bit)), ...mine }));
    expect(fault(0, 0)).toBe('keys-misplaced');
    for (let byte = 1; byte < bytesOf(encrypted).length; byte++)
      expect([byte, fault(byte, byte % 8)]).toEqual([byte, 'share-unreadable']);
    expect(fault(32, 7)).toBe('share-unreadable');
  });

  it.each<[string, Partial<SealingKeys>]>([
    ['call', { call: 'call-2' }],
    ['threshold', { threshold: 2 }],
    ['public key', { publicKey: aCall({ seed: 'other' }).keys.publicKey }],
  ])('is of no use with another %s', (_, change) => {
    expect(faultOf(() => openShare({ keys: { ...keys, ...change }, ...mine }))).toBe('share-unreadable');
  });

  it('is refused when it is another than was committed to', () => {
    const commitments = replaced(
      keys.commitments,
      1,
      bitTurned(keys.commitments[1] ?? '', 20) as (typeof keys.commitments)[number],
    );
    expect(faultOf(() => openShare({ keys: { ...keys, commitments }, ...mine }))).toBe('share-false');
  });

  it.each([0, 6, -1, 1.5, Number.NaN])('of evaluator %s is nobody’s', (evaluator) => {
    expect(faultOf(() => openShare({ keys, ...mine, evaluator }))).toBe('share-of-nobody');
  });
});

describe('combining', () => {
  const { keys, shares } = aCall();
  const [one = '', two = '', three = '', four = ''] = shares;
  const attempt = (...given: string[]) => errorOf(() => combineShares({ keys, shares: given }));

  it('names every false share, and opens without it', () => {
    expect(attempt(one, bitTurned(two, 7), three, bitTurned(four, 32, 7))).toMatchObject({
      code: 'share-false',
      evaluators: [2, 4],
    });
    expect(
      attempt(
        one,
        altered(two, (bytes) => bytes.fill(4, 0, 1)),
        three,
      ),
    ).toMatchObject({ code: 'share-false', evaluators: [4] });
    expect(attempt(one, three, four)).toBeUndefined();
  });

  it('notices every changed byte of a share', () => {
    for (let byte = 1; byte < 33; byte++) expect(attempt(one, two, bitTurned(three, byte))?.code).toBe('share-false');
  });

  it('takes one share of each evaluator there is', () => {
    expect(attempt(one, two, two)).toMatchObject({ code: 'share-twice', evaluators: [2] });
    expect(
      attempt(
        one,
        two,
        altered(three, (bytes) => bytes.fill(6, 0, 1)),
      ),
    ).toMatchObject({ code: 'share-of-nobody', evaluators: [6] });
    expect(
      attempt(
        one,
        two,
        altered(three, (bytes) => bytes.fill(0, 0, 1)),
      )?.code,
    ).toBe('share-of-nobody');
    expect(attempt()?.code).toBe('shares-too-few');
  });

  it('refuses the shares of another call', () => {
    expect(faultOf(() => combineShares({ keys, shares: aCall({ seed: 'other' }).shares }))).toBe('share-false');
    expect(faultOf(() => combineShares({ keys: { ...keys, call: 'call-2' }, shares }))).toBe('share-false');
  });

  it('checks the key against the public key of the call', () => {
    const replacedKey = { ...keys, publicKey: aCall({ seed: 'other' }).keys.publicKey };
    expect(faultOf(() => combineShares({ keys: replacedKey, shares }))).toBe('combined-key-wrong');
  });
});
