import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { SignInPlace } from './sign-in-place';
import { Speaking } from '../language/speaking';
import type { Words } from '../language/words';

/** What every page is told of the place it is shown at. */
export interface Place {
  /** Public address of the server at which officers sign in, empty for the page's own; none where nobody can, or nobody says where. */
  readonly signIn?: string | undefined;
}

/** A page as HTML. Everything put into it is escaped. */
export function renderPage(page: VNode, words: Words, { signIn }: Place = {}): string {
  const spoken = (
    <Speaking.Provider value={words}>
      <SignInPlace.Provider value={signIn}>{page}</SignInPlace.Provider>
    </Speaking.Provider>
  );
  return `<!doctype html>${render(spoken)}`;
}
