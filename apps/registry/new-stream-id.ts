import type { Actor, JsonObject, Profile, StreamKind } from '#domain';
import { assetIdFrom, idFrom } from '#domain';

/** What something is known by elsewhere: an account by its sign-in identity (accountIdFrom), an annual return by its year, everything else by its first identifier. */
function identityIn(kind: StreamKind, data: JsonObject): { readonly scheme: string; readonly id: string } | undefined {
  if (kind === 'return') return typeof data.year === 'string' ? { scheme: 'year', id: data.year } : undefined;
  const [first] = Array.isArray(data.identifiers) ? (data.identifiers as readonly unknown[]) : [];
  const given = kind === 'account' ? data.signIn : first;
  if (typeof given !== 'object' || given === null) return undefined;
  const { scheme, id, issuer, user } = given as Readonly<Record<string, unknown>>;
  const [by, name] = kind === 'account' ? [issuer, user] : [scheme, id];
  return typeof by === 'string' && typeof name === 'string' ? { scheme: by, id: name } : undefined;
}

/** Derived from what identifies it elsewhere, so that the same thing cannot be opened twice; from the sender's key where nothing does. */
export function newStreamId(kind: StreamKind, data: JsonObject, key: string, profile: Profile, actor: Actor): string {
  const own = kind === 'asset' ? key : JSON.stringify([actor.agency, actor.subject, key]);
  const { scheme, id } = identityIn(kind, data) ?? { scheme: 'idempotency-key', id: own };
  return kind === 'asset' ? assetIdFrom(profile.country, scheme, id) : idFrom(kind, profile.country, scheme, id);
}
