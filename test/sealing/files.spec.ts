import fc from 'fast-check';
import { combineShares, openFile, requireSealedFile, sealFile } from '#sealing';
import type { ApplicationContent } from '#sealing';
import { packContent, unpackContent } from '../../libs/sealing/content';
import { sealInBrowser } from '../../libs/sealing/browser/seal';
import { aCall, faultOf } from './calls';

const call = 'IT-C-1';
const organisation = 'IT-O-1';
const { keys, shares } = aCall({ call });
const privateKey = combineShares({ keys, shares });
const { publicKey } = keys;
const content: ApplicationContent = {
  answers: { plan: 'Un laboratorio di quartiere: perché serve.', impact: '' },
  attachments: [{ name: 'Bilancio 2025.pdf', bytes: Uint8Array.of(1, 2, 3) }],
};
const plain = ({ answers, attachments }: ApplicationContent) => ({
  answers,
  attachments: attachments.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')]),
});

const anyContent = fc.record({
  answers: fc.dictionary(
    fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/),
    fc.string({ maxLength: 200, unit: 'grapheme' }),
  ),
  attachments: fc.uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-z]{1,9}\.pdf$/), bytes: fc.uint8Array({ maxLength: 9000 }) }),
    {
      selector: ({ name }) => name,
      maxLength: 4,
    },
  ),
});

describe.each([
  ['this library', async () => sealFile({ call, organisation, publicKey, content })],
  ['WebCrypto, as in a browser', () => sealInBrowser({ call, organisation, publicKey, content })],
] as const)('an application sealed by %s', (_, seal) => {
  it('is opened by the released key', async () => {
    const { bytes, digest } = await seal();
    expect(plain(openFile({ call, organisation, digest, privateKey, bytes }))).toEqual(plain(content));
    expect(bytes.length).toBe(32 + 4 + 4096 + 16);
    expect(() => requireSealedFile(bytes)).not.toThrow();
  });
  it('is opened nowhere else', async () => {
    const { bytes, digest } = await seal();
    const open = { call, organisation, digest, privateKey, bytes };
    const changed = Uint8Array.from(bytes, (byte, place) => (place === 100 ? byte ^ 1 : byte));
    for (const wrong of [
      { call: 'IT-C-2' },
      { organisation: 'IT-O-2' },
      { digest: 'ab'.repeat(32) },
      { bytes: changed },
    ])
      expect(faultOf(() => openFile({ ...open, ...wrong }))).toBe('application-unreadable');
  });
  it('is another ciphertext each time, under another digest', async () => {
    const [one, other] = [await seal(), await seal()];
    expect(one.digest).not.toBe(other.digest);
    expect(one.sha256).not.toBe(other.sha256);
  });
});

it('whatever it holds, it is sealed and opened alike by both', () =>
  fc.assert(
    fc.asyncProperty(anyContent, async (any) => {
      const ours = sealFile({ call, organisation, publicKey, content: any });
      const theirs = await sealInBrowser({ call, organisation, publicKey, content: any });
      expect(theirs.bytes.length).toBe(ours.bytes.length);
      for (const { bytes, digest } of [ours, theirs])
        expect(plain(openFile({ call, organisation, digest, privateKey, bytes }))).toEqual(plain(any));
    }),
    { numRuns: 50 },
  ));

describe('the content of an application', () => {
  const salt = new Uint8Array(32);
  it.each(['', '.', '..', '.hidden', '../x', 'a/b', 'a\\b', 'C:x', 'a\u202Efdp.exe', 'a\u0000', ' a', 'a.', 'x'.repeat(201)])(
    'has no attachment named %j', (name) =>
      expect(faultOf(() => packContent({ answers: {}, attachments: [{ name, bytes: salt }] }, salt))).toBe('application-content-wrong'),
  ); // prettier-ignore
  it('has no two attachments of one name', () => {
    const attachments = ['a.pdf', 'A.pdf'].map((name) => ({ name, bytes: salt }));
    expect(faultOf(() => packContent({ answers: {}, attachments }, salt))).toBe('application-content-wrong');
  });
  it('is whole, or is nothing', () => {
    const packed = packContent(content, salt);
    expect(plain(unpackContent(packed))).toEqual(plain(content));
    for (let length = 0; length < packed.length; length += 1)
      expect(faultOf(() => unpackContent(packed.subarray(0, length)))).toBe('application-content-wrong');
    expect(faultOf(() => unpackContent(Uint8Array.of(...packed, 0)))).toBe('application-content-wrong');
  });
});
