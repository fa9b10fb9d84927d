import type { Actor, JsonObject, Profile, StreamKind } from '#domain';
import { assetIdFrom, idFrom } from '#domain';

/** Derived from the first identifier, so that the same thing cannot be opened twice; from the sender's key where it has none. */
export function newStreamId(kind: StreamKind, data: JsonObject, key: string, profile: Profile, actor: Actor): string {
  const [first] = Array.isArray(data.identifiers) ? (data.identifiers as readonly unknown[]) : [];
  const given = (typeof first === 'object' && first !== null ? first : {}) as { scheme?: unknown; id?: unknown };
  const named = typeof given.scheme === 'string' && typeof given.id === 'string';
  const { scheme, id } = named
    ? { scheme: String(given.scheme), id: String(given.id) }
    : { scheme: 'idempotency-key', id: kind === 'asset' ? key : JSON.stringify([actor.agency, actor.subject, key]) };
  return kind === 'asset' ? assetIdFrom(profile.country, scheme, id) : idFrom(kind, profile.country, scheme, id);
}
