import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  MAX_ENTRY_BYTES,
  canonicalBytes,
  canonicalJson,
  commitTo,
  eventLeaf,
  leafSubject,
  opensCommitment,
  sameJson,
} from '#transparency-log';
import type { LoggedEvent } from '#transparency-log';
import { faultOf } from './logs';

/** Test data of RFC 8785's author (cyberphone/json-canonicalization, Apache-2.0): input and, in hexadecimal, the canonical bytes. */
const published: Record<string, readonly [input: string, hex: string]> = {
  arrays: [
    '[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]',
    '5b35362c7b2231223a5b5d2c223130223a6e756c6c2c2264223a747275657d5d',
  ],
  french: [
    '{"peach": "This sorting order", "péché": "is wrong according to French", "pêche": "but canonicalization MUST", "sin": "ignore locale"}',
    `7b227065616368223a225468697320736f7274696e67206f72646572222c2270c3a96368c3a9223a2269732077726f6e67206163636f7264696e6720746f204672656e6368222c
     2270c3aa636865223a226275742063616e6f6e6963616c697a6174696f6e204d555354222c2273696e223a2269676e6f7265206c6f63616c65227d`,
  ],
  structures: [
    '{"1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0}, "10": { }, "": "empty", "a": { }, "111": [ {"e": "yes","E": "no" } ], "A": { }}',
    `7b22223a22656d707479222c2231223a7b225c6e223a35362c2266223a7b2246223a352c2266223a226869227d7d2c223130223a7b7d2c22313131223a5b7b2245223a226e6f222c
     2265223a22796573227d5d2c2241223a7b7d2c2261223a7b7d7d`,
  ],
  unicode: ['{"Unnormalized Unicode":"A\\u030a"}', '7b22556e6e6f726d616c697a656420556e69636f6465223a2241cc8a227d'],
  values: [
    `{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001], "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}`,
    `7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c31652b33302c342e352c302e303032
     2c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d`,
  ],
  weird: [
    `{"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\u000a": "Newline", "1": "One", "\\u0080": "Control\\u007f", "\\ud83d\\ude02": "Smiley",
      "\\u00f6": "Latin Small Letter O With Diaeresis", "\\ufb33": "Hebrew Letter Dalet With Dagesh", "</script>": "Browser Challenge"}`,
    `7b225c6e223a224e65776c696e65222c225c72223a2243617272696167652052657475726e222c2231223a224f6e65222c223c2f7363726970743e223a2242726f77736572204368616c
     6c656e6765222c22c280223a22436f6e74726f6c7f222c22c3b6223a224c6174696e20536d616c6c204c6574746572204f205769746820446961657265736973222c22e282ac223a22
     4575726f205369676e222c22f09f9882223a22536d696c6579222c22efacb3223a22486562726577204c65747465722044616c65742057697468204461676573 68227d`,
  ],
};

describe('canonical JSON (RFC 8785)', () => {
  it.each(Object.entries(published))('%s has the published bytes', (_name, [input, hex]) => {
    expect(Buffer.from(canonicalBytes(JSON.parse(input))).toString('hex')).toBe(hex.replaceAll(/\s/g, ''));
  });

  // RFC 8785 appendix B.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('the number %s is written %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it('does not depend on the order of members, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        fc.pre(!JSON.stringify(value).includes('\\ud'));
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it('takes a member without a value as absent', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  it.each([
    ['NaN', NaN],
    ['infinity', { a: -Infinity }],
    ['half a character', ['\ud800']],
    ['half a character as a name', { '\udc00': 1 }],
    ['a function', { a: () => 1 }],
    ['nothing in a list', [undefined]],
    ['a big integer', 1n],
    ['a date', { a: new Date(0) }],
    ['a cycle', cycle],
  ])('refuses %s', (_name, value) => {
    expect(faultOf(() => canonicalJson(value))).toBe('not-canonical');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

describe('two JSON values', () => {
  const parsed = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const values = fc.jsonValue({ depthSize: 'small', maxDepth: 3 });

  it('are the same when their canonical texts are', () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(sameJson(parsed(one), reversed(parsed(one)))).toBe(true);
        expect(sameJson(parsed(one), parsed(other))).toBe(canonicalJson(parsed(one)) === canonicalJson(parsed(other)));
      }),
    );
  });

  it.each([
    ['another value deep inside', '{"a":[1,{"b":"x"}]}', '{"a":[1,{"b":"y"}]}'],
    ['a member more', '{"a":1}', '{"a":1,"b":null}'],
    ['a member less', '{"a":1,"b":null}', '{"a":1}'],
    ['a member in the place of another', '{"a":1}', '{"b":1}'],
    ['what every object inherits', '{"__proto__":{}}', '{"x":{}}'],
    ['a text and a number', '"1"', '1'],
    ['a list and its members', '["x"]', '{"0":"x"}'],
    ['a longer list', '[1]', '[1,1]'],
    ['the order of a list', '[1,2]', '[2,1]'],
    ['null and nothing', 'null', '{}'],
    ['what lies too deep', `${'['.repeat(300)}${']'.repeat(300)}`, `${'['.repeat(300)}${']'.repeat(300)}`],
  ])('are not the same by %s', (_what, one, other) => {
    expect(sameJson(JSON.parse(one), JSON.parse(other))).toBe(false);
    expect(sameJson(JSON.parse(other), JSON.parse(one))).toBe(false);
  });
});

describe('the leaf of an event', () => {
  const event: LoggedEvent = {
    id: '018f0000-0000-7000-8000-000000000001',
    stream: 'asset-IT-000123',
    revision: 4,
    type: 'AssetSeized',
    version: 2,
    data: { place: 'Palermo', value: { minor: 100, currency: 'EUR' } },
    metadata: { recordedAt: '2026-01-01T00:00:00.000Z', occurredOn: null },
  };
  const text = (leaf: Uint8Array) => Buffer.from(leaf).toString('utf8');
  const sha256 = (value: unknown) => createHash('sha256').update(canonicalBytes(value)).digest('hex');

  it('is its canonical JSON, whatever else the object carries', () => {
    const expected =
      '{"data":{"place":"Palermo","value":{"currency":"EUR","minor":100}},"id":"018f0000-0000-7000-8000-000000000001",' +
      '"metadata":{"occurredOn":null,"recordedAt":"2026-01-01T00:00:00.000Z"},"revision":4,"stream":"asset-IT-000123","type":"AssetSeized","version":2}';
    expect(text(eventLeaf(event))).toBe(expected);
    const recorded = { ...event, position: 17 };
    expect(text(eventLeaf(recorded))).toBe(expected);
  });

  it('tells which event it is of', () => {
    const { data: _data, metadata: _metadata, ...subject } = event;
    expect(leafSubject(eventLeaf(event))).toEqual(subject);
    for (const other of [
      '',
      '[]',
      'null',
      '{"id":"1"}',
      '{"id":"1","stream":"s","revision":-1,"type":"T","version":1}',
    ]) {
      expect(faultOf(() => leafSubject(Buffer.from(other)))).toBe('not-canonical');
    }
  });

  it('holds the digest of what is too large for an entry', () => {
    const data = { text: 'x'.repeat(MAX_ENTRY_BYTES) };
    const withDigest = JSON.parse(text(eventLeaf({ ...event, data }))) as Record<string, unknown>;
    expect(withDigest).toMatchObject({ dataSha256: sha256(data), metadata: event.metadata });
    expect(withDigest).not.toHaveProperty('data');
    const metadata = { text: 'y'.repeat(MAX_ENTRY_BYTES) };
    expect(JSON.parse(text(eventLeaf({ ...event, data, metadata })))).toMatchObject({
      dataSha256: sha256(data),
      metadataSha256: sha256(metadata),
    });
    expect(faultOf(() => eventLeaf({ ...event, stream: 's'.repeat(MAX_ENTRY_BYTES) }))).toBe('entry-too-large');
  });

  it('of the largest event that fits is the event itself', () => {
    const around = eventLeaf({ ...event, data: { text: '' } }).length;
    const fits = { ...event, data: { text: 'x'.repeat(MAX_ENTRY_BYTES - around) } };
    expect(eventLeaf(fits)).toHaveLength(MAX_ENTRY_BYTES);
    const over = { ...event, data: { text: 'x'.repeat(MAX_ENTRY_BYTES - around + 1) } };
    expect(text(eventLeaf(over))).toContain('dataSha256');
  });
});

describe('a commitment', () => {
  const salt = Buffer.alloc(32, 7);

  it('binds to a value without showing it', () => {
    const commitment = commitTo({ b: 1, a: 'shelter' }, salt);
    expect(JSON.stringify(commitment)).not.toContain('shelter');
    expect(opensCommitment(commitment, { a: 'shelter', b: 1 }, salt)).toBe(true);
    expect(opensCommitment(commitment, { a: 'shelter', b: 2 }, salt)).toBe(false);
    expect(opensCommitment(commitment, { a: 'shelter', b: 1 }, Buffer.alloc(32, 8))).toBe(false);
  });

  it('is SHA-256 over salt and canonical JSON, however long that is', () => {
    for (const value of ['', 'città', '\u{1f3e0}'.repeat(1000), 'x'.repeat(4096 - 2), 'x'.repeat(70_000)])
      expect(commitTo(value, salt).committed).toBe(createHash('sha256').update(salt).update(canonicalBytes(value)).digest('hex'));
  }); // prettier-ignore

  it('needs a salt of the one length', () => {
    expect(faultOf(() => commitTo(1, Buffer.alloc(16)))).toBe('not-canonical');
  });
});
