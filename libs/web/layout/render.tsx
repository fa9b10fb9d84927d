import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { keepingDayIn } from '../known-at';
import { PlaceOfPage } from './place';
import type { Place } from './place';
import { speakingWith } from '../language/speaking';
import type { Words } from '../language/words';

/** A page as HTML. Everything put into it is escaped. */
export function renderPage(page: VNode, words: Words, place: Place = {}): string {
  const placed = <PlaceOfPage.Provider value={place}>{page}</PlaceOfPage.Provider>;
  const html = speakingWith(words, () => `<!doctype html>${render(placed)}`);
  return place.known?.day === undefined ? html : keepingDayIn(html, place.known.day);
}
