import type { Actor, Profile } from '#domain';

/** What the agency side needs to know of its place. */
export abstract class RegistrySettings {
  abstract readonly profile: Profile;
  /** Who acts until sign-in arrives: whoever sits at this machine. */
  abstract readonly actor: Actor;
}
