import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** A new secret of 256 bits, in base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret that is itself random: its SHA-256, in hex. Such a secret needs no slow hash, for it cannot be guessed. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares without telling by the time taken how much agrees. */
export function same(one: string, other: string): boolean {
  const [a, b] = [createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest()];
  return timingSafeEqual(a, b);
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The one key of sign-in, 32 bytes, from which a key for each purpose is derived (HKDF, RFC 5869). What it seals lies in the database without being
 * readable there.
 */
export class AccessKey {
  constructor(private readonly key: Buffer) {}

  private derived(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', `social-reuse-registry/${purpose}`, 32));
  }

  /** Encrypts (AES-256-GCM); it opens again only with the same purpose and owner, so that it cannot be moved to another row. */
  seal(text: string, purpose: string, owner: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.derived(purpose), iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, iv.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** What was sealed; undefined where it was not sealed so, or not with this key. */
  open(sealed: string, purpose: string, owner: string): string | undefined {
    const [version, iv, body] = sealed.split('.');
    const bytes = Buffer.from(body ?? '', 'base64url');
    if (version !== VERSION || bytes.length < TAG_BYTES) return undefined;
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.derived(purpose), Buffer.from(iv ?? '', 'base64url'));
      cipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** A mark only the holder of the key can make (HMAC-SHA-256), for instance against forged forms. */
  mark(text: string, purpose: string): string {
    return createHmac('sha256', this.derived(purpose)).update(text).digest('base64url');
  }
}
