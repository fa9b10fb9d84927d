import { join } from 'node:path';
import { AccessError } from './error';

/** Where the access database lies: SQLite in a file of its own, or PostgreSQL. */
export type AccessDatabaseSettings =
  { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** An OpenID Connect provider that vouches for people. */
export interface OpenIdSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says, for instance the ministry's name. */
  readonly name: string;
}

export interface SignInSettings {
  readonly database: AccessDatabaseSettings;
  /** The key in hex, or the file that holds it and is made at the first run. */
  readonly key: { readonly hex: string } | { readonly file: string };
  readonly openId?: OpenIdSettings;
}

type Environment = Readonly<Record<string, string | undefined>>;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Reads ACCESS_… and OPENID_… variables; throws AccessError naming the one that is wrong. */
export function signInSettingsFromEnv(env: Environment, dataFolder: string): SignInSettings {
  const openId = openIdFrom(env);
  return { database: databaseFrom(env, dataFolder), key: keySettingFrom(env, dataFolder), ...(openId && { openId }) };
}

function databaseFrom(env: Environment, dataFolder: string): AccessDatabaseSettings {
  const kind = env.ACCESS_DATABASE ?? 'sqlite';
  if (kind === 'sqlite') return { kind, path: env.ACCESS_DATABASE_PATH ?? join(dataFolder, 'access.sqlite') };
  if (kind !== 'postgres') throw new AccessError(`ACCESS_DATABASE is "${kind}"; use "sqlite" or "postgres".`);
  const url = env.ACCESS_DATABASE_URL ?? '';
  if (/^postgres(ql)?:\/\/./.test(url)) return { kind, url };
  throw new AccessError('ACCESS_DATABASE_URL must be given as postgres://user:password@host:port/database.');
}

function keySettingFrom(env: Environment, dataFolder: string): SignInSettings['key'] {
  const hex = env.ACCESS_KEY;
  if (hex === undefined) return { file: env.ACCESS_KEY_FILE ?? join(dataFolder, 'access.key') };
  if (/^[0-9a-f]{64}$/i.test(hex)) return { hex };
  throw new AccessError('ACCESS_KEY must be 64 hexadecimal digits; make one with: openssl rand -hex 32');
}

function openIdFrom(env: Environment): OpenIdSettings | undefined {
  const { OPENID_ISSUER, OPENID_CLIENT_ID, OPENID_CLIENT_SECRET, OPENID_NAME } = env;
  if (OPENID_ISSUER === undefined) {
    const stray = Object.entries({ OPENID_CLIENT_ID, OPENID_CLIENT_SECRET, OPENID_NAME }).find(([, value]) => value);
    if (stray) throw new AccessError(`${stray[0]} is given without OPENID_ISSUER. Give the provider’s address too.`);
    return undefined;
  }
  const issuer = URL.canParse(OPENID_ISSUER) ? new URL(OPENID_ISSUER) : undefined;
  const safe = issuer?.protocol === 'https:' || (issuer?.protocol === 'http:' && LOOPBACK.test(issuer.hostname));
  if (!issuer || !safe) {
    throw new AccessError('OPENID_ISSUER must be an https:// address; http:// is allowed on this machine alone.');
  }
  if (!OPENID_CLIENT_ID) throw new AccessError('OPENID_CLIENT_ID is missing: the name the provider knows us by.');
  if (!OPENID_CLIENT_SECRET)
    throw new AccessError('OPENID_CLIENT_SECRET is missing: the provider gave it with the name.');
  return {
    issuer,
    clientId: OPENID_CLIENT_ID,
    clientSecret: OPENID_CLIENT_SECRET,
    name: OPENID_NAME ?? issuer.hostname,
  };
}

/** Plain HTTP is for a provider on this machine. */
export const isLoopback = ({ hostname }: URL): boolean => LOOPBACK.test(hostname);
