import type { Map } from 'leaflet';
import { seenInAddress } from '../seen';
import type { Seen } from '../seen';

/** What of the page is about the view. The sentence that is said to those who hear the page stays the same element, so that a browser hears it change. */
const PARTS = ['.strip', '.map-list', '.map-lines', '.data-box', '.languages'] as const;
const SAID = '.map-found';

/** How long the map must lie still before its list is asked for, in milliseconds: who goes a long way by keys wants the list of where it ends. */
const STILL_MS = 350;

interface Following {
  /** The page without a view. */
  readonly page: string;
  /** The view its list is of; undefined where it is of the whole map. */
  readonly named: Seen | undefined;
  /** What the map shows now. */
  readonly seen: () => Seen;
}

/**
 * Keeps the list under the map, its number and the address of the page in step with what somebody moved the map to: the page of the new address is asked for, and its parts are put in the place of these. Before
 * anybody has moved, the page stays as the server made it, unless its address names a view that looks otherwise on this screen. `failed` is called where that cannot be.
 */
export function follow(shown: Map, { page, named, seen: seenNow }: Following, failed: () => void): void {
  let listed = named && seenInAddress(named).bbox;
  let follows = named !== undefined;
  let waiting: number | undefined;
  let under: AbortController | undefined;
  const list = async (): Promise<void> => {
    const { x, y } = shown.getSize();
    if (x === 0 || y === 0) return;
    const seen = seenInAddress(seenNow());
    under?.abort();
    if (seen.bbox === listed) return busy(false);
    under = new AbortController();
    const address = new URL(page, location.href);
    for (const [name, value] of Object.entries(seen)) address.searchParams.set(name, value);
    address.searchParams.sort();
    busy(true);
    try {
      const answer = await fetch(address, { headers: { accept: 'text/html' }, signal: under.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      putIn(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      history.replaceState(history.state, '', address);
      listed = seen.bbox;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      failed();
    }
    busy(false);
  };
  const soon = (): void => {
    if (!follows) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void list(), STILL_MS);
  };
  // A window that changes its size moves the map without starting to: that alone is nobody's wish.
  shown.on('movestart', () => {
    follows = true;
  });
  shown.on('moveend', soon);
  soon();
}

function busy(is: boolean): void {
  document.querySelector('.map-lines')?.setAttribute('aria-busy', String(is));
}

/** A part in which somebody stands with the keyboard stays: the place one reads at must not go away. */
function putIn(page: Document): void {
  if (!page.querySelector(SAID)) throw new Error('no page of the map');
  for (const part of PARTS) {
    const [here, there] = [document.querySelector(part), page.querySelector(part)];
    if (here && there && !here.contains(document.activeElement)) here.replaceWith(there);
  }
  const [said, now] = [document.querySelector(SAID), page.querySelector(SAID)];
  if (said && now && said.textContent !== now.textContent) said.textContent = now.textContent;
}
