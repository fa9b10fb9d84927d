import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { Speaking } from '../language/speaking';
import type { Words } from '../language/words';

/** A page as HTML. Everything put into it is escaped. */
export function renderPage(page: VNode, words: Words): string {
  return `<!doctype html>${render(<Speaking.Provider value={words}>{page}</Speaking.Provider>)}`;
}
