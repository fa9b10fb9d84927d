import { SALT_BYTES, joined, packContent } from '../content';
import type { ApplicationContent } from '../content';
import { SIZE_CLASSES } from '../padding';

/**
 * Sealing with WebCrypto: the same bytes as `sealFile` of this library opens, written a second time because browsers have no node:crypto. It only ever
 * seals. HPKE base mode (RFC 9180 §5.1, §6.1): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const NOTHING: Bytes = new Uint8Array();
const KEM = joined([utf8('KEM'), Uint8Array.of(0x00, 0x20)]);
const HPKE = joined([utf8('HPKE'), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x02)]);
const SCHEME = 'social-reuse-registry/sealing/v1';
const PREFIX = 'seal1.public-key.';

export interface BrowserSealing {
  readonly call: string;
  readonly organisation: string;
  /** The call's, as published: `seal1.public-key.…`. */
  readonly publicKey: string;
  readonly content: ApplicationContent;
}

export interface BrowserSealed {
  readonly bytes: Bytes;
  readonly sha256: string;
  readonly digest: string;
}

/** Whether this browser can seal: WebCrypto with X25519 (W3C Web Cryptography Level 2), which asks for HTTPS or this machine. */
export async function canSeal(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
    return true;
  } catch {
    return false;
  }
}

/** Throws SealingError for content that could not be read again; other errors where the browser cannot seal, or the key is none. */
export async function sealInBrowser({
  call,
  organisation,
  publicKey,
  content,
}: BrowserSealing): Promise<BrowserSealed> {
  const plaintext = packContent(content, crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const digest = await sha256(plaintext);
  const info = bound(utf8(`${SCHEME}/application`), utf8(call));
  const aad = bound(utf8(organisation), utf8(digest));
  const bytes = await sealBase(publicKeyIn(publicKey), info, aad, padded(plaintext));
  return { bytes, sha256: await sha256(bytes), digest };
}

async function sealBase(recipient: Bytes, info: Bytes, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
  const pair = await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
  if (!('publicKey' in pair)) throw new Error('no key pair');
  const encapsulated = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const other = await crypto.subtle.importKey('raw', recipient, 'X25519', false, []);
  const agreed = new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'X25519', public: other }, pair.privateKey, 256),
  );
  if (agreed.every((byte) => byte === 0)) throw new Error('the public key is a point of low order');
  const kemContext = joined([encapsulated, recipient]);
  const shared = await expand(KEM, await extract(KEM, NOTHING, 'eae_prk', agreed), 'shared_secret', kemContext, 32);
  const context = joined([
    Uint8Array.of(0),
    await extract(HPKE, NOTHING, 'psk_id_hash', NOTHING),
    await extract(HPKE, NOTHING, 'info_hash', info),
  ]);
  const secret = await extract(HPKE, shared, 'secret', NOTHING);
  const key = await crypto.subtle.importKey('raw', await expand(HPKE, secret, 'key', context, 32), 'AES-GCM', false, [
    'encrypt',
  ]);
  const iv = await expand(HPKE, secret, 'base_nonce', context, 12);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: aad, tagLength: 128 },
    key,
    plaintext,
  );
  return joined([encapsulated, new Uint8Array(sealed)]);
}

/** LabeledExtract and LabeledExpand of RFC 9180 §4; one block is enough for all we ask. */
const extract = (suite: Bytes, salt: Bytes, label: string, material: Bytes): Promise<Bytes> =>
  hmac(salt, joined([utf8('HPKE-v1'), suite, utf8(label), material]));

async function expand(suite: Bytes, key: Bytes, label: string, info: Bytes, length: number): Promise<Bytes> {
  const size = Uint8Array.of(length >> 8, length & 0xff);
  const block = await hmac(key, joined([size, utf8('HPKE-v1'), suite, utf8(label), info, Uint8Array.of(1)]));
  return block.subarray(0, length);
}

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  // WebCrypto takes no empty key; HMAC fills a short one up with zeros anyway (RFC 2104 §2).
  const bytes = key.length === 0 ? new Uint8Array(32) : key;
  const imported = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** Length (four bytes, big-endian) ‖ application ‖ zeros up to the size class. */
function padded(plaintext: Bytes): Bytes {
  const size = SIZE_CLASSES.find((capacity) => plaintext.length <= capacity);
  if (size === undefined) throw new TooLarge();
  const whole = new Uint8Array(4 + size);
  new DataView(whole.buffer).setUint32(0, plaintext.length);
  whole.set(plaintext, 4);
  return whole;
}

/** The application does not fit into the largest size class. */
export class TooLarge extends Error {}

function bound(...parts: readonly Bytes[]): Bytes {
  return joined(
    parts.flatMap((part) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, part.length);
      return [length, part];
    }),
  );
}

function publicKeyIn(text: string): Bytes {
  if (!text.startsWith(PREFIX)) throw new Error('no public key');
  const letters = text.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
}

async function sha256(bytes: Bytes): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
