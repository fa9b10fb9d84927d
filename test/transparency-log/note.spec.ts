import fc from 'fast-check';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import {
  TransparencyError,
  formatNote,
  formatSigningKey,
  noteSignature,
  openNote,
  parseNote,
  parseVerifierKey,
  signingKeyFromPkcs8,
  signingKeyFromText,
  verifierOf,
} from '#transparency-log';
import { faultOf, keyOf, withBitFlipped } from './logs';

/** The example of the C2SP specification of signed notes. */
const SPECIFIED = {
  key: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  text: 'This is an example message.\n',
  note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};

/** The example of Go's golang.org/x/mod/sumdb/note; its private key is published with it. */
const GO = {
  secret: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  enoch: 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
  enochLine:
    '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n',
};
const goNote = `${GO.text}\n${GO.line}`;

describe('the published notes', () => {
  it('verify with the published keys', () => {
    expect(openNote(SPECIFIED.note, [parseVerifierKey(SPECIFIED.key)]).text).toBe(SPECIFIED.text);
    expect(openNote(Buffer.from(goNote), [parseVerifierKey(GO.key)]).text).toBe(GO.text);
    const both = openNote(goNote + GO.enochLine, [GO.key, GO.enoch].map(parseVerifierKey));
    expect(both.signatures.map(({ verifier }) => verifier.name)).toEqual(['PeterNeumann', 'EnochRoot']);
  });

  it('are written letter for letter', () => {
    const key = signingKeyFromText(GO.secret);
    expect(formatNote(GO.text, [noteSignature(key, GO.text)])).toBe(goNote);
    expect(verifierOf(key, 'note').text).toBe(GO.key);
    expect(formatSigningKey(key)).toBe(GO.secret);
  });
});

describe('a note', () => {
  const [alice, bob, carol] = [keyOf('alice', 'a'), keyOf('bob', 'b'), keyOf('carol', 'c')];
  const [knowAlice, knowBob, knowCarol] = [
    verifierOf(alice, 'note'),
    verifierOf(bob, 'note'),
    verifierOf(carol, 'note'),
  ];
  const text = 'one\n\ntwo\n';
  const signed = formatNote(text, [noteSignature(alice, text), noteSignature(bob, text)]);

  it('is open to whoever knows one of its signers; the others are passed over', () => {
    expect(openNote(signed, [knowBob]).signatures.map(({ verifier }) => verifier.name)).toEqual(['bob']);
    expect(openNote(signed, [knowCarol, knowAlice]).text).toBe(text);
    expect(faultOf(() => openNote(signed, [knowCarol]))).toBe('note-unverified');
    expect(faultOf(() => openNote(signed, []))).toBe('note-unverified');
  });

  it('is refused whole when a known key signed something else', () => {
    const forged = formatNote(text, [noteSignature(alice, text), noteSignature(bob, 'other\n')]);
    expect(faultOf(() => openNote(forged, [knowAlice, knowBob]))).toBe('note-signature-invalid');
    expect(openNote(forged, [knowAlice]).text).toBe(text);
    const twice = formatNote(text, [
      noteSignature(alice, text),
      { ...noteSignature(bob, text), name: 'alice', keyId: knowAlice.keyId },
    ]);
    expect(faultOf(() => openNote(twice, [knowAlice]))).toBe('note-signature-invalid');
  });

  it('counts a signer once, however often it signed', () => {
    const twice = formatNote(text, [noteSignature(alice, text), noteSignature(alice, text)]);
    expect(openNote(twice, [knowAlice, knowAlice]).signatures).toHaveLength(1);
  });

  it('never opens with a bit flipped', () => {
    const bytes = Buffer.from(signed);
    const signatureOfAlice = bytes.indexOf('— alice');
    const signatureOfBob = bytes.indexOf('— bob');
    fc.assert(
      fc.property(fc.nat({ max: signatureOfBob * 8 - 1 }), (bit) => {
        // Past the text only alice's line is known, and a line that names another signer is merely passed over.
        expect(() => openNote(withBitFlipped(bytes, bit), [knowAlice])).toThrow(TransparencyError);
      }),
      { numRuns: 500 },
    );
    expect(signatureOfAlice).toBeGreaterThan(0);
  });

  it.each([
    ['note-without-signatures', 'text\n'],
    ['note-without-signatures', 'text\n\n'],
    ['note-without-signatures', ''],
    ['note-signature-malformed', `${text}\n— alice AAAAAAAA`],
    ['note-signature-malformed', `${text}\n- alice AAAAAAAA\n`],
    ['note-signature-malformed', `${text}\n— alice\n`],
    ['note-signature-malformed', `${text}\n—  AAAAAAAA\n`],
    ['note-signature-malformed', `${text}\n— al+ice AAAAAAAA\n`],
    ['note-signature-malformed', `${text}\n— alice AAAAAAAA more\n`],
    ['note-signature-malformed', `${text}\n— alice AAAA\n`],
    ['note-signature-malformed', `${text}\n— alice AAAAAAA\n`],
    ['note-signature-malformed', `${text}\n— alice AAAAAA-_\n`],
    ['note-signature-malformed', `${text}\n— alice AAAAAAF=\n`],
    ['note-not-text', `te\rxt\n\n— alice AAAAAAAA\n`],
    ['note-not-text', `te\u0000xt\n\n— alice AAAAAAAA\n`],
    ['note-not-text', Buffer.concat([Uint8Array.of(0xff), Buffer.from(signed)])],
    ['note-not-text', `\ud800\n\n— alice AAAAAAAA\n`],
    ['note-too-large', `${'x'.repeat(1_000_000)}\n\n— alice AAAAAAAA\n`],
    ['note-too-many-signatures', `${text}\n${'— alice AAAAAAAA\n'.repeat(101)}`],
  ])('is refused as %s: %j', (code, note) => {
    expect(faultOf(() => parseNote(note))).toBe(code);
  });

  it('takes the hundred signatures it promises', () => {
    expect(parseNote(`${text}\n${'— alice AAAAAAAA\n'.repeat(100)}`).lines).toHaveLength(100);
  });

  it('is not written from what could not be read', () => {
    expect(faultOf(() => formatNote('no newline', [noteSignature(alice, 'no newline')]))).toBe('note-not-text');
    expect(faultOf(() => formatNote('a\ttab\n', [noteSignature(alice, 'a\ttab\n')]))).toBe('note-not-text');
    expect(faultOf(() => formatNote(text, []))).toBe('note-without-signatures');
  });
});

describe('keys', () => {
  it('of a real witness keep their id', () => {
    const text = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
    expect(parseVerifierKey(text)).toMatchObject({
      name: 'remora.n621.de',
      kind: 'cosignature',
      keyId: 0xda77ade7,
      text,
    });
  });

  it('are read from PKCS#8, with line breaks or "\\n", with or without a passphrase', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const locked = privateKey
      .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'long' })
      .toString();
    const expected = verifierOf(signingKeyFromPkcs8('log', pem), 'note').text;
    for (const key of [
      signingKeyFromPkcs8('log', pem.replaceAll('\n', '\\n')),
      signingKeyFromPkcs8('log', locked, 'long'),
    ]) {
      expect(verifierOf(key, 'note').text).toBe(expected);
    }
    for (const call of [
      () => signingKeyFromPkcs8('log', locked, 'wrong'),
      () => signingKeyFromPkcs8('log', locked),
      () => signingKeyFromPkcs8('log', 'x'),
    ]) {
      expect(faultOf(call)).toBe('key-malformed');
    }
  });

  it('of another algorithm are refused', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(faultOf(() => signingKeyFromPkcs8('log', pem))).toBe('key-type-unsupported');
    expect(faultOf(() => parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'))).toBe(
      'key-type-unsupported',
    );
  });

  it('never show the secret in an error', () => {
    const secret = createPrivateKey({
      key: keyOf('a', 'a').key.export({ format: 'pem', type: 'pkcs8' }),
      format: 'pem',
    });
    const pem = secret.export({ format: 'pem', type: 'pkcs8' }).toString().replace('MC4', 'MC5');
    try {
      signingKeyFromPkcs8('log', pem);
    } catch (error) {
      expect(String(error)).not.toContain(pem.split('\n')[1]);
      return;
    }
    throw new Error('it was accepted');
  });

  it.each([
    ['key-malformed', 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
    ['key-malformed', GO.key.slice(1).replace('eterNeumann', '')],
    ['key-malformed', GO.key.replace('Peter', 'Peter ')],
    ['key-malformed', GO.key.toUpperCase()],
    ['key-malformed', `${GO.key}\n`],
    ['key-malformed', GO.key.slice(0, -1)],
    ['key-malformed', ''],
    ['key-id-mismatch', GO.key.replace('Peter', 'Pieter')],
    ['key-id-mismatch', GO.key.replace('c74f20a3', 'c74f20a4')],
    ['key-id-mismatch', GO.key.replace('LDE4', 'LDE5')],
  ])('are refused as %s: %s', (code, text) => {
    expect(faultOf(() => parseVerifierKey(text))).toBe(code);
  });

  it('are refused with any letter of them changed', () => {
    for (const [text, parse] of [
      [GO.key, parseVerifierKey],
      [GO.secret, signingKeyFromText],
    ] as const) {
      for (let at = 0; at < text.length; at++) {
        const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 1) + text.slice(at + 1);
        expect(() => parse(changed)).toThrow(TransparencyError);
        expect(() => parse(text.slice(0, at))).toThrow(TransparencyError);
      }
    }
  });

  it('that share a name and an id cannot be known together', () => {
    const one = parseVerifierKey(GO.key);
    expect(faultOf(() => openNote(goNote, [one, { ...one, text: 'another' }]))).toBe('key-ambiguous');
  });
});
