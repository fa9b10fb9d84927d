import { control, divIcon, geoJSON, layerGroup, map as mapIn, marker, tileLayer } from 'leaflet';
import type { Layer, LayerGroup, Map, Point } from 'leaflet';
import { seenInAddress } from '../seen';
import type { Seen } from '../seen';
import { apart } from './apart';
import type { Shift } from './apart';
import { follow } from './follow';
import { FITTING, lookingAt } from './looking';

/**
 * The script of the map's page. It puts a map that can be moved in the place of the picture the server drew, and asks the server what lies in each view. What can
 * be chosen stays in the address of the page, the view as well once somebody has moved the map: the list below it is always that of the address.
 */

interface Settings {
  /** The closest one can look at another day, which is shown by areas alone; as close as maps go unless said. */
  readonly deepest?: number;
  /** BCP 47 tag for numbers and plurals. */
  readonly locale: string;
  /** What is said of so many assets, by plural category; `{n}` is the number. */
  readonly counts: Names;
  readonly bounds: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
  /** The view that the address names and the list of the page is of; undefined where it is of the whole map. */
  readonly seen?: Seen;
  readonly data: string;
  readonly outlines: string;
  readonly page: string;
  readonly register: string;
  readonly tiles?: { readonly url: string; readonly attribution: string };
  readonly phases: Names;
  readonly kinds: Names;
  readonly categories: Names;
  readonly words: Readonly<
    Record<'map' | 'zoomIn' | 'zoomOut' | 'closer' | 'show' | 'close' | 'failed' | 'together' | 'unlocated', string>
  >;
}

type Names = Readonly<Record<string, string>>;

interface Asset {
  readonly id: string;
  readonly kind: string;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly title: string | null;
  readonly phase: string;
}

interface Feature {
  readonly geometry: { readonly coordinates: readonly [number, number] };
  readonly properties: {
    readonly level: 'region' | 'province' | 'municipality' | 'position';
    readonly code?: string;
    readonly name?: string;
    readonly assets: number;
    readonly items?: readonly Asset[];
  };
}

interface View {
  readonly level: string;
  readonly features: readonly Feature[];
}

const MOST = 18;
/** Across a mark, in pixels. */
const SMALLEST = 28;
/** How far a mark may stand from its place so that it lies over no other, in pixels. */
const FURTHEST = 40;
/** A map of a phone, in pixels across; marks are smaller there. */
const NARROW = 480;
/** Zooms at which the next smaller areas are shown. */
const CLOSER = { region: 7, province: 9, municipality: 12 } as const;

function setUp(place: HTMLElement): void {
  const settings = JSON.parse(place.dataset.settings ?? '{}') as Settings;
  const status = document.querySelector<HTMLElement>('.map-status');
  place.hidden = false;
  place.setAttribute('role', 'group');
  place.setAttribute('aria-label', settings.words.map);
  document.querySelector('.map-picture')?.setAttribute('hidden', '');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const { west, south, east, north } = settings.bounds;
  const shown = mapIn(place, {
    zoomControl: false,
    // Half steps, so that what is chosen fills the map; the server counts in whole ones.
    zoomSnap: 0.5,
    minZoom: 4,
    maxZoom: settings.deepest ?? MOST,
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  if (still) withoutGliding(shown);
  shown.attributionControl.setPrefix(false);
  control
    .zoom({ position: 'topright', zoomInTitle: settings.words.zoomIn, zoomOutTitle: settings.words.zoomOut })
    .addTo(shown);
  // The wheel scrolls the page until somebody has turned to the map.
  shown.on('focus', () => shown.scrollWheelZoom.enable());
  shown.on('blur', () => shown.scrollWheelZoom.disable());
  if (settings.tiles) {
    place.classList.add('map-tiled');
    tileLayer(settings.tiles.url, { attribution: escaped(settings.tiles.attribution), maxZoom: MOST }).addTo(shown);
  }
  const marks = layerGroup().addTo(shown);
  const drawn: Drawn = new globalThis.Map<string, Layer>();
  const seen = lookingAt(shown, settings.seen);
  let under: AbortController | undefined;
  const show = async (): Promise<void> => {
    under?.abort();
    // A map that is hidden or being printed has no size, and so no view to ask about.
    const { x, y } = shown.getSize();
    if (x === 0 || y === 0) return;
    under = new AbortController();
    try {
      const answer = await fetch(dataFor(seen(), settings), { signal: under.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      draw((await answer.json()) as View, drawn, marks, shown, settings);
      if (status) status.textContent = '';
      place.dataset.state = 'shown';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      if (status) status.textContent = settings.words.failed;
      place.dataset.state = 'failed';
    }
  };
  shown.on('moveend', () => {
    // Outlines of regions are drawn for looking from afar; close by they would miss those of the provinces.
    place.classList.toggle('map-close', shown.getZoom() >= 9);
    void show();
  });
  const corners = [[south, west], [north, east]] as const; // prettier-ignore
  shown.fitBounds(corners, settings.seen && { padding: FITTING });
  follow(shown, { page: settings.page, named: settings.seen, seen }, () => {
    if (status) status.textContent = settings.words.failed;
  });
  void outlines(settings.outlines, shown);
}

/** Who asked for less motion sees the map elsewhere at once when it is moved by keys. */
function withoutGliding(shown: Map): void {
  const panBy = shown.panBy.bind(shown);
  shown.panBy = (by, options) => panBy(by, { ...options, animate: false });
}

/** Drawn without being waited for: the map is of use without them. */
async function outlines(address: string, shown: Map): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) return;
  geoJSON(await answer.json(), {
    interactive: false,
    style: ({ properties }: { properties: { level: string } }) => ({
      className: `map-outline map-outline-${properties.level}`,
    }),
  }).addTo(shown);
}

function dataFor(seen: Seen, { data }: Settings): string {
  const address = new URL(data, location.href);
  for (const [name, value] of Object.entries(seenInAddress(seen))) address.searchParams.set(name, value);
  return address.href;
}

/** The marks on the map by all that they are made of. */
type Drawn = globalThis.Map<string, Layer>;

/** Marks that stay as they are are left alone, and with them what was opened and who stands there with the keyboard. */
function draw({ features }: View, drawn: Drawn, marks: LayerGroup, shown: Map, settings: Settings): void {
  const most = Math.max(...features.map(({ properties }) => properties.assets));
  const narrow = shown.getSize().x < NARROW;
  const sized = features.map((feature) => {
    const size = Math.round(SMALLEST + (narrow ? 14 : 28) * Math.sqrt(feature.properties.assets / Math.max(1, most)));
    return { feature, size, ...shown.latLngToContainerPoint(pointOf(feature)) };
  });
  const shifts = apart(sized, FURTHEST);
  const wanted = new globalThis.Map(
    sized.map(({ feature, size }, place) => {
      const { x = 0, y = 0 } = shifts[place] ?? {};
      const shift = { x: Math.round(x), y: Math.round(y) };
      return [JSON.stringify([feature, size, shift, shown.getZoom()]), { feature, size, shift }] as const;
    }),
  );
  for (const [made, layer] of drawn) {
    if (wanted.has(made)) continue;
    marks.removeLayer(layer);
    drawn.delete(made);
  }
  for (const [made, { feature, size, shift }] of wanted)
    if (!drawn.has(made)) drawn.set(made, mark(feature, size, shift, marks, shown, settings));
}

const pointOf = ({ geometry }: Feature): Point => [geometry.coordinates[1], geometry.coordinates[0]];

function mark(feature: Feature, size: number, shift: Shift, marks: LayerGroup, shown: Map, settings: Settings): Layer {
  const { properties } = feature;
  const { assets, level, name } = properties;
  const point = pointOf(feature);
  const title = `${name ?? settings.words.together}: ${counted(assets, settings)}`;
  const figure = number(assets, settings);
  const count = document.createElement('span');
  count.textContent = figure;
  const icon = divIcon({
    className: `map-mark map-mark-${level === 'position' ? 'position' : 'area'}`,
    html: count,
    iconSize: [size, size],
    iconAnchor: [size / 2 - shift.x, size / 2 - shift.y],
    popupAnchor: [shift.x, shift.y],
  });
  const made = marker(point, { icon, title, riseOnHover: true }).addTo(marks);
  // Who speaks to the browser says what is seen (WCAG 2.2, 2.5.3): the digits, which Arabic leaves out of one and two.
  made.getElement()?.setAttribute('aria-label', title.includes(figure) ? title : `${title} · ${figure}`);
  return made.bindPopup(popup(feature, point, shown, settings), { minWidth: 180, maxHeight: 260 });
}

const number = (value: number, { locale }: Settings): string =>
  new Intl.NumberFormat(locale, { useGrouping: 'always' }).format(value);

function counted(count: number, settings: Settings): string {
  const form = settings.counts[new Intl.PluralRules(settings.locale).select(count)] ?? '{n}';
  return form.replace('{n}', number(count, settings));
}

/** What one mark stands for, and where one can go from it. */
function popup({ properties }: Feature, point: Point, shown: Map, settings: Settings): HTMLElement {
  const { assets, code, items, level, name } = properties;
  const { words } = settings;
  const box = document.createElement('div');
  // The map runs from the left in every language, what it says does not.
  box.dir = document.documentElement.dir;
  const heading = document.createElement('p');
  heading.className = 'map-popup-title';
  heading.textContent = name ?? words.together;
  box.append(heading);
  line(box, counted(assets, settings));
  if (items) {
    const list = document.createElement('ul');
    for (const asset of items) {
      const item = document.createElement('li');
      link(item, nameOf(asset, settings), `${settings.register}/${encodeURIComponent(asset.id)}`);
      line(item, settings.phases[asset.phase] ?? asset.phase);
      list.append(item);
    }
    box.append(list);
    return box;
  }
  if (level === 'position') {
    if (shown.getZoom() < shown.getMaxZoom()) closer(box, point, shown.getZoom() + 2, shown, settings);
    return box;
  }
  if (shown.getZoom() >= CLOSER.municipality) line(box, words.unlocated);
  else if (shown.getZoom() < shown.getMaxZoom())
    closer(box, point, Math.max(CLOSER[level], shown.getZoom() + 1), shown, settings);
  const address = new URL(settings.page, location.href);
  address.searchParams.set(level, code ?? '');
  link(box, words.show, address.href);
  return box;
}

function nameOf({ title, subcategory, category, kind }: Asset, { categories, kinds }: Settings): string {
  const own = title ?? (kind === 'company' ? null : subcategory);
  return own ?? categories[category ?? ''] ?? kinds[kind] ?? kind;
}

function line(into: HTMLElement, text: string): void {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  into.append(paragraph);
}

function link(into: HTMLElement, text: string, href: string): void {
  const anchor = document.createElement('a');
  anchor.dir = 'auto';
  anchor.textContent = text;
  anchor.href = href;
  into.append(anchor);
}

function closer(into: HTMLElement, point: Point, zoom: number, shown: Map, { words }: Settings): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'secondary';
  button.textContent = words.closer;
  button.addEventListener('click', () => {
    shown.closePopup();
    shown.setView(point, Math.min(zoom, shown.getMaxZoom()));
  });
  into.append(button);
}

/** Leaflet takes attributions for HTML. */
function escaped(text: string): string {
  const element = document.createElement('span');
  element.textContent = text;
  return element.innerHTML;
}

const place = document.getElementById('map');
if (place) setUp(place);
