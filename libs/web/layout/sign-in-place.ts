import { createContext } from 'preact';

/** Public address of the server at which officers sign in, empty for the page's own. */
export const SignInPlace = createContext<string | undefined>(undefined);
