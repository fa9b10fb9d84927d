import type { Profile } from '#domain';
import type { SignIn } from '#access';

/** What the pages of sign-in need to know of their place. */
export interface SignInModuleOptions {
  readonly signIn: SignIn;
  readonly profile: Profile;
  /** Scheme and host under which people reach the site; without it, whatever host their browser asked for. */
  readonly publicUrl?: string;
  /** What a token for a program may be used for. */
  readonly scopes?: readonly string[];
  /** Requests a minute: posts of sign-in by address, commands by account or token. */
  readonly perMinute?: { readonly signIn?: number; readonly commands?: number };
}

/** The options with their defaults. */
export abstract class SignInPlace {
  abstract readonly signIn: SignIn;
  abstract readonly profile: Profile;
  abstract readonly publicUrl: string | undefined;
  abstract readonly secure: boolean;
  abstract readonly scopes: readonly string[];
  abstract readonly perMinute: { readonly signIn: number; readonly commands: number };
}

export const defaultScopes: readonly string[] = ['record', 'import', 'read-restricted', 'administer'];

/** Fills in what was left out. */
export function placeOf({
  signIn,
  profile,
  publicUrl,
  scopes = defaultScopes,
  perMinute,
}: SignInModuleOptions): SignInPlace {
  return {
    signIn,
    profile,
    publicUrl,
    secure: publicUrl?.startsWith('https://') ?? false,
    scopes,
    perMinute: { signIn: 30, commands: 600, ...perMinute },
  };
}
