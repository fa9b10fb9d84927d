import fc from 'fast-check';
import {
  MAX_APPLICATION_BYTES,
  SIZE_CLASSES,
  combineShares,
  makeEvaluatorKeys,
  openApplication,
  requireSealedApplication,
  sealApplication,
} from '#sealing';
import type { ApplicationPlace } from '#sealing';
import { sealBase } from '../../libs/sealing/hpke/base-mode';
import { applicationAad, applicationInfo } from '../../libs/sealing/binding';
import { aCall, altered, bitTurned, bytesOf, faultOf, foreseeable } from './calls';

const { keys, shares } = aCall();
const privateKey = combineShares({ keys, shares });
const place: ApplicationPlace = { call: 'call-1', organisation: 'organisation-1', application: 'application-1' };
const seal = (plaintext: Uint8Array, where = place) =>
  sealApplication({ ...where, publicKey: keys.publicKey, plaintext });
const open = (sealed: string, where = place) => openApplication({ ...where, privateKey, sealed });

describe('a sealed application', () => {
  it('opens to what it was, wherever it belongs', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), id, id, id, (plaintext, call, organisation, application) => {
        const where = { call, organisation, application };
        expect(Buffer.from(open(seal(plaintext, where), where)).equals(plaintext)).toBe(true);
      }),
    );
  });

  it('may have 8 MiB, and not a byte more', () => {
    const largest = Buffer.alloc(MAX_APPLICATION_BYTES, 7);
    expect(largest.equals(open(seal(largest)))).toBe(true);
    expect(faultOf(() => seal(Buffer.alloc(MAX_APPLICATION_BYTES + 1)))).toBe('application-too-large');
  });

  it('tells of its length the size class alone', () => {
    expect(SIZE_CLASSES).toHaveLength(12);
    const lengthOf = (size: number): number => seal(new Uint8Array(size)).length;
    expect(lengthOf(0)).toBe(lengthOf(4096));
    expect(lengthOf(4097)).toBe(lengthOf(8192));
    expect(lengthOf(8192)).toBeLessThan(lengthOf(8193));
  });

  it('is never sealed to the same bytes twice', () => {
    const plaintext = Buffer.from('the same');
    const [one, other] = [seal(plaintext), seal(plaintext)].map(bytesOf);
    expect(one?.subarray(0, 32)).not.toEqual(other?.subarray(0, 32));
    expect(one?.subarray(32)).not.toEqual(other?.subarray(32));
  });

  it('is sealed to the same bytes by the same randomness', () => {
    const sealing = { ...place, publicKey: keys.publicKey, plaintext: Buffer.from('the same') };
    const twice = [1, 2].map(() => sealApplication({ ...sealing, random: foreseeable('sealing') }));
    expect(twice[0]).toBe(twice[1]);
  });

  it.each<[string, Partial<ApplicationPlace>]>([
    ['call', { call: 'call-2' }],
    ['organisation', { organisation: 'organisation-2' }],
    ['application', { application: 'application-2' }],
    ['cut between the ids', { organisation: 'organisation-1a', application: 'pplication-1' }],
  ])('cannot be moved to another %s', (_, other) => {
    const sealed = seal(Buffer.from('mine'));
    expect(faultOf(() => open(sealed, { ...place, ...other }))).toBe('application-unreadable');
  });

  it('is read by nobody with another key: an evaluator’s own, or another call’s', () => {
    const sealed = seal(Buffer.from('mine'));
    const other = aCall({ seed: 'other' });
    const otherKeys = [makeEvaluatorKeys().privateKey, combineShares(other)];
    for (const wrong of otherKeys)
      expect(faultOf(() => openApplication({ ...place, privateKey: wrong, sealed }))).toBe('application-unreadable');
  });

  it('is refused with any bit of encapsulated key, ciphertext or tag turned', () => {
    const sealed = seal(Buffer.from('mine'));
    const length = bytesOf(sealed).length;
    for (let byte = 0; byte < 32; byte++)
      expect([byte, faultOf(() => open(bitTurned(sealed, byte, byte % 8)))]).toEqual([byte, 'application-unreadable']);
    for (let byte = length - 16; byte < length; byte++)
      expect([byte, faultOf(() => open(bitTurned(sealed, byte)))]).toEqual([byte, 'application-unreadable']);
    expect(faultOf(() => open(bitTurned(sealed, 31, 7)))).toBe('application-unreadable');
    fc.assert(
      fc.property(fc.integer({ min: 32, max: length - 17 }), fc.nat({ max: 7 }), (byte, bit) => {
        expect(faultOf(() => open(bitTurned(sealed, byte, bit)))).toBe('application-unreadable');
      }),
    );
  });

  it('is refused with a weak encapsulated key, whose secret anybody would know', () => {
    const sealed = altered(seal(Buffer.from('mine')), (bytes) => bytes.fill(0, 0, 32));
    expect(faultOf(() => open(sealed))).toBe('application-unreadable');
  });

  it('is refused on receipt when it has the size of no class', () => {
    const sealed = seal(new Uint8Array(5000));
    const longer = altered(sealed, (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]));
    expect(faultOf(() => requireSealedApplication(sealed))).toBe('none');
    expect(faultOf(() => requireSealedApplication(longer))).toBe('application-of-no-class');
    expect(faultOf(() => open(longer))).toBe('application-of-no-class');
  });

  it.each<[string, (padded: Buffer) => unknown]>([
    ['something hidden behind the zeros', (padded) => padded.writeUInt8(1, 4099)],
    ['a length beyond its end', (padded) => padded.writeUInt32BE(4097)],
    ['an impossible length', (padded) => padded.writeUInt32BE(0xffff_ffff)],
  ])('made by other rules, with %s, is refused', (_, spoil) => {
    const padded = Buffer.alloc(4100);
    spoil(padded);
    expect(faultOf(() => open(sealedBytes(padded)))).toBe('application-padding-wrong');
  });

  it('made by other rules, in a larger class than it needs, is refused', () => {
    expect(faultOf(() => open(sealedBytes(Buffer.alloc(8196))))).toBe('application-padding-wrong');
  });
});

/** What a sealer can send that pads as it likes. */
function sealedBytes(padded: Uint8Array): string {
  const binding = { info: applicationInfo(place.call), aad: applicationAad(place.organisation, place.application) };
  const sealed = sealBase('aes-256-gcm', bytesOf(keys.publicKey), binding, padded, Buffer.alloc(32, 1));
  return `seal1.application.${sealed?.toString('base64url')}`;
}
