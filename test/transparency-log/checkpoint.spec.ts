import fc from 'fast-check';
import {
  EMPTY_ROOT,
  TransparencyError,
  TreeReader,
  attachCosignature,
  cosignature,
  formatCheckpoint,
  formatNote,
  formatProofFile,
  leafHash,
  noteSignature,
  parseCheckpoint,
  parseLogKeys,
  parseProofFile,
  parseVerifierKey,
  signCheckpoint,
  verifierOf,
  verifyCheckpoint,
  verifyProofFile,
  witness,
} from '#transparency-log';
import type { SigningKey, Trust } from '#transparency-log';
import { ORIGIN, entriesUpTo, faultOf, identity, keyOf, logKey, logOf, withBitFlipped } from './logs';
import { MemoryTileStorage } from './memory-storage';

/** A checkpoint of a real log in operation with four witnesses, published; its log also signs in a way of its own that nobody here knows. */
const REAL = {
  origin: 'arche2025h1.staging.ct.transparency.dev',
  key: 'arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f',
  witnesses: [
    'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
    'witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv',
    'transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM',
    'witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO',
  ],
  note: `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`,
};

describe('a checkpoint from the world', () => {
  const trust: Trust = {
    origin: REAL.origin,
    keys: [{ verifier: parseVerifierKey(REAL.key) }],
    witnesses: REAL.witnesses.map(parseVerifierKey),
    quorum: 4,
  };

  it('verifies, with its four witnesses', () => {
    const checkpoint = verifyCheckpoint(REAL.note, trust);
    expect(checkpoint.size).toBe(1_432_088_532);
    expect(checkpoint.cosignatures.map(({ time }) => time)).toEqual([
      1_779_573_024, 1_779_573_024, 1_779_573_024, 1_779_573_024,
    ]);
  });

  it('does not once its size is changed', () => {
    const changed = REAL.note.replace('1432088532', '1432088533');
    expect(faultOf(() => verifyCheckpoint(changed, trust))).toBe('note-signature-invalid');
  });
});

describe('a checkpoint', () => {
  const root = leafHash(Buffer.from('x'));
  const checkpoint = { origin: ORIGIN, size: 7, root };
  const [w1, w2] = [keyOf('witness.example/w1', 'u'), keyOf('witness.example/w2', 'v')];
  const [knowW1, knowW2] = [verifierOf(w1, 'cosignature'), verifierOf(w2, 'cosignature')];
  const text = formatCheckpoint(checkpoint);
  const note = signCheckpoint(checkpoint, [logKey]);

  it('is three lines', () => {
    expect(text).toBe(`${ORIGIN}\n7\n${Buffer.from(root).toString('base64')}\n`);
    expect(parseCheckpoint(`${text}more\n`)).toEqual({ ...checkpoint, extensions: ['more'] });
  });

  it.each([
    ['checkpoint-malformed', 'log\n7\n'],
    ['checkpoint-malformed', text.slice(0, -1)],
    ['checkpoint-malformed', `\n7\n${text.split('\n')[2]}\n`],
    ['checkpoint-malformed', `${text}\n`],
    ['checkpoint-size-malformed', text.replace('\n7\n', '\n07\n')],
    ['checkpoint-size-malformed', text.replace('\n7\n', '\n-7\n')],
    ['checkpoint-size-malformed', text.replace('\n7\n', '\n7.0\n')],
    ['checkpoint-size-malformed', text.replace('\n7\n', '\n9007199254740992\n')],
    ['checkpoint-size-malformed', text.replace('\n7\n', '\n 7\n')],
    ['checkpoint-root-malformed', text.replace('=\n', '\n')],
    ['checkpoint-root-malformed', text.replace(/.{4}=\n/, '=\n')],
    ['checkpoint-root-malformed', text.replace('\n7\n', '\n0\n')],
  ])('is refused as %s: %j', (code, wrong) => {
    expect(faultOf(() => parseCheckpoint(wrong))).toBe(code);
  });

  it('must be of the log asked for, and signed by it', () => {
    expect(verifyCheckpoint(note, identity)).toMatchObject({ size: 7, origin: ORIGIN });
    expect(faultOf(() => verifyCheckpoint(note, { ...identity, origin: 'other' }))).toBe('checkpoint-of-another-log');
    const byWitness = formatNote(text, [cosignature(w1, text, 1)]);
    expect(faultOf(() => verifyCheckpoint(byWitness, { ...identity, witnesses: [knowW1] }))).toBe(
      'checkpoint-not-signed-by-log',
    );
  });

  it('outlives its key, and no retired key speaks for a larger log', () => {
    const newKey = keyOf(ORIGIN, 'n');
    const keys = parseLogKeys(
      `# ours\n${verifierOf(logKey, 'note').text} until 7\n\n${verifierOf(newKey, 'note').text} # since 2027\n`,
    );
    const trust = { origin: ORIGIN, keys };
    expect(verifyCheckpoint(note, trust).size).toBe(7);
    expect(verifyCheckpoint(signCheckpoint({ ...checkpoint, size: 8 }, [logKey, newKey]), trust).size).toBe(8);
    expect(faultOf(() => verifyCheckpoint(signCheckpoint({ ...checkpoint, size: 8 }, [logKey]), trust))).toBe(
      'checkpoint-key-retired',
    );
    expect(verifyCheckpoint(signCheckpoint({ ...checkpoint, size: 8 }, [newKey]), trust).size).toBe(8);
  });

  it.each(['until 7', 'until', 'until x', 'til 7', 'until 7 8'])('takes no key followed by "%s"', (rest) => {
    const key = rest === 'until 7' ? knowW1.text : verifierOf(logKey, 'note').text;
    expect(faultOf(() => parseLogKeys(`${key} ${rest}`))).toMatch(/^key-(malformed|type-unsupported)$/);
  });

  it('counts witnesses, each once and only those known', () => {
    const cosigned = formatNote(text, [
      noteSignature(logKey, text),
      cosignature(w1, text, 5),
      cosignature(w1, text, 9),
      cosignature(w2, text, 6),
    ]);
    const ask = (quorum: number, witnesses = [knowW1, knowW2]) =>
      verifyCheckpoint(cosigned, { ...identity, witnesses, quorum });
    expect(ask(2).cosignatures.map(({ time }) => time)).toEqual([9, 6]);
    expect(faultOf(() => ask(3))).toBe('witnesses-too-few');
    expect(faultOf(() => ask(2, [knowW1]))).toBe('witnesses-too-few');
  });

  it('counts neither one witness with two keys twice, nor one key under two names, nor a plain signature', () => {
    const secondKey = keyOf(w1.name, 'z');
    const secondName = { ...w1, name: 'witness.example/alias' };
    const lines = [secondKey, secondName, w1].map((key) => cosignature(key, text, 5));
    const cosigned = formatNote(text, [noteSignature(logKey, text), noteSignature(w2, text), ...lines]);
    const ask = (quorum: number, ...witnesses: SigningKey[]) =>
      verifyCheckpoint(cosigned, {
        ...identity,
        witnesses: [...witnesses.map((key) => verifierOf(key, 'cosignature')), verifierOf(w2, 'note')],
        quorum,
      });
    expect(ask(1, w1, secondKey).size).toBe(7);
    for (const other of [secondKey, secondName]) expect(faultOf(() => ask(2, w1, other))).toBe('witnesses-too-few');
    expect(ask(2, secondKey, secondName).size).toBe(7);
  });

  it('gains cosignatures of known witnesses of this very text', () => {
    const once = attachCosignature(note, cosignature(w1, text, 5), [knowW1]);
    const again = attachCosignature(once, cosignature(w1, text, 8), [knowW1]);
    expect(verifyCheckpoint(again, { ...identity, witnesses: [knowW1] }).cosignatures).toMatchObject([{ time: 8 }]);
    expect(faultOf(() => attachCosignature(note, cosignature(w2, text, 5), [knowW1]))).toBe('note-unverified');
    const other = formatCheckpoint({ ...checkpoint, size: 8 });
    expect(faultOf(() => attachCosignature(note, cosignature(w1, other, 5), [knowW1]))).toBe('note-signature-invalid');
  });

  it('is no cosignature when signed plainly by a witness key, nor the other way round', () => {
    const plain = formatNote(text, [{ ...noteSignature(w1, text), keyId: knowW1.keyId }]);
    expect(faultOf(() => verifyCheckpoint(plain, { ...identity, witnesses: [knowW1] }))).toBe('note-signature-invalid');
    const stamped = formatNote(text, [{ ...cosignature(logKey, text, 1), keyId: verifierOf(logKey, 'note').keyId }]);
    expect(faultOf(() => verifyCheckpoint(stamped, identity))).toBe('note-signature-invalid');
  });
});

describe('a witness', () => {
  it('cosigns what grew out of what it saw, and nothing else', async () => {
    const storage = new MemoryTileStorage();
    const writer = await logOf(storage, 5);
    const seen = witness(writer.signedNote, [], undefined, identity);
    await writer.append(entriesUpTo(9, 5));
    const proof = await new TreeReader(storage, 9).consistencyProof(5, 9);
    expect(witness(writer.signedNote, proof, seen, identity).size).toBe(9);
    const fork = signCheckpoint({ origin: ORIGIN, size: 9, root: leafHash(Buffer.from('fork')) }, [logKey]);
    expect(faultOf(() => witness(fork, proof, seen, identity))).toBe('root-mismatch');
    expect(faultOf(() => witness(fork, [], writer.head, identity))).toBe('root-mismatch');
    const older = signCheckpoint({ origin: ORIGIN, size: 0, root: EMPTY_ROOT }, [logKey]);
    expect(faultOf(() => witness(older, [], seen, identity))).toBe('tree-shrank');
  });
});

describe('an offline proof', () => {
  const entries = entriesUpTo(300);
  const leaf = leafHash(entries[299] ?? new Uint8Array());
  let file: string;
  beforeAll(async () => {
    const storage = new MemoryTileStorage();
    const writer = await logOf(storage, 300);
    const proof = await new TreeReader(storage, 300).inclusionProof(299);
    file = formatProofFile({ index: 299, proof, checkpoint: writer.signedNote, extra: Buffer.from('dossier') });
  });

  it('proves its entry with the keys alone', () => {
    expect(file.split('\n').slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra ZG9zc2llcg==', 'index 299']);
    expect(verifyProofFile(file, leaf, identity)).toMatchObject({ index: 299, checkpoint: { size: 300 } });
    expect(faultOf(() => verifyProofFile(file, leafHash(Buffer.from('x')), identity))).toBe('root-mismatch');
  });

  it('may have neither hashes nor extra data', async () => {
    const storage = new MemoryTileStorage();
    const writer = await logOf(storage);
    await writer.append([Buffer.from('alone')]);
    const alone = formatProofFile({ index: 0, proof: [], checkpoint: writer.signedNote });
    expect(parseProofFile(alone)).toEqual({ index: 0, proof: [], checkpoint: writer.signedNote });
    expect(verifyProofFile(alone, leafHash(Buffer.from('alone')), identity).index).toBe(0);
  });

  it.each([
    ['proof-file-malformed', (text: string) => text.replace('@v1', '@v2')],
    ['proof-file-malformed', (text: string) => text.replace('index ', 'index  ')],
    ['proof-file-malformed', (text: string) => text.replace('index 299', 'index 0299')],
    ['proof-file-malformed', (text: string) => text.replace('index 299\n', '')],
    ['proof-file-malformed', (text: string) => text.replace('extra ZG9', 'extra ZG9*')],
    ['proof-file-malformed', (text: string) => text.replaceAll('\n\n', '\n')],
    ['hash-malformed', (text: string) => text.replace('index 299\n', 'index 299\nAAAA\n')],
    [
      'proof-too-long',
      (text: string) => text.replace('index 299\n', `index 299\n${`${'A'.repeat(43)}=\n`.repeat(60)}`),
    ],
    ['note-without-signatures', (text: string) => text.slice(0, text.indexOf('— '))],
    ['index-beyond-tree', (text: string) => text.replace('index 299', 'index 300')],
  ])('is refused as %s', (code, change) => {
    expect(change(file)).not.toBe(file);
    expect(faultOf(() => verifyProofFile(change(file), leaf, identity))).toBe(code);
  });

  it('proves nothing with a bit flipped, but in its extra data', () => {
    const bytes = Buffer.from(file);
    const start = bytes.indexOf('index');
    fc.assert(
      fc.property(fc.integer({ min: start * 8, max: bytes.length * 8 - 1 }), (bit) => {
        const flipped = Buffer.from(withBitFlipped(bytes, bit)).toString('utf8');
        expect(() => verifyProofFile(flipped, leaf, identity)).toThrow(TransparencyError);
      }),
      { numRuns: 400 },
    );
  });
});
