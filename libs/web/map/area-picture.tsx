import { addressOf } from '../addresses';
import type { RegisterAddress } from '../addresses';
import { useWords } from '../language/speaking';
import { without } from '../register/view';
import { drawingOf } from './drawing';
import type { Drawing } from './drawing';
import { centreOfArea } from './geography';
import type { AreaLevel, Geography, Outline } from './geography';
import { shadeOf, stepsUpTo } from './steps';
import { chooses } from './view';
import type { AreaCount, MapView } from './view';

interface Drawn {
  readonly outlines: readonly Outline[];
  readonly drawing: Drawing;
  readonly paths: ReadonlyMap<string, string>;
}

const drawn = new WeakMap<Geography, Map<string, Drawn>>();

/** The outlines that are drawn of a choice: all regions, the provinces of one, or one province. Each drawing is made once. */
function drawnOf(geography: Geography, { region, province }: RegisterAddress): Drawn | undefined {
  const made = drawn.get(geography) ?? new Map<string, Drawn>();
  drawn.set(geography, made);
  const key = `${region ?? ''}/${province ?? ''}`;
  const before = made.get(key);
  if (before) return before;
  const outlines =
    province !== undefined
      ? [...geography.provinces.values()].filter(({ code }) => code === province)
      : region !== undefined
        ? [...geography.provinces.values()].filter((outline) => outline.region === region)
        : [...geography.regions.values()];
  // Only outlines we have are kept, so that made-up codes in addresses fill no memory.
  if (outlines.length === 0) return undefined;
  const drawing = drawingOf(outlines);
  const all = { outlines, drawing, paths: new Map(outlines.map((outline) => [outline.code, drawing.path(outline)])) };
  made.set(key, all);
  return all;
}

/** Whether there is anything to draw. */
export const canBeDrawn = ({ geography, list }: MapView): boolean =>
  geography !== undefined && drawnOf(geography, list.address) !== undefined;

/**
 * The map without a script: areas shaded by how many assets they have, or circles of a size. A picture of the table beside it, so silent to those who hear the
 * table; who points with a mouse may follow its areas.
 */
export function AreaPicture({ view }: { readonly view: MapView }) {
  const { geography, list, level, areas } = view;
  const found = geography && drawnOf(geography, list.address);
  if (!geography || !found) return null;
  const { drawing, outlines, paths } = found;
  const counts = new Map(areas.map((area) => [area.code, area]));
  const steps = stepsUpTo(Math.max(0, ...areas.map(({ assets, code }) => (code === '' ? 0 : assets))));
  return (
    <>
      <svg class="area-map" viewBox={`0 0 ${drawing.width} ${drawing.height}`} aria-hidden="true">
        {level === 'municipality' ? (
          <>
            {outlines.map(({ code }) => (
              <path key={code} class="area area-ground" d={paths.get(code)} />
            ))}
            <Circles view={view} geography={geography} drawing={drawing} />
          </>
        ) : (
          <>
            {outlines.map(({ code, name }) => (
              <AreaShape
                key={code}
                path={paths.get(code)!}
                name={name}
                level={level}
                address={list.address}
                count={counts.get(code)}
                shade={shadeOf(counts.get(code)?.assets ?? 0, steps)}
              />
            ))}
            {outlines.map((outline) => (
              <Number key={outline.code} outline={outline} drawing={drawing} count={counts.get(outline.code)} />
            ))}
          </>
        )}
        <ViewFrame view={view} drawing={drawing} />
      </svg>
      {level !== 'municipality' && steps.length > 1 && <Legend steps={steps} />}
    </>
  );
}

interface AreaShapeProps {
  readonly path: string;
  readonly name: string;
  readonly level: AreaLevel;
  readonly address: RegisterAddress;
  readonly count: AreaCount | undefined;
  readonly shade: number;
}

function AreaShape({ path, name, level, address, count, shade }: AreaShapeProps) {
  const { t, language } = useWords();
  const shape = (
    <path class={`area area-${shade}`} d={path}>
      <title>{t('map.areaHas', { name, count: count?.assets ?? 0 })}</title>
    </path>
  );
  if (!count) return shape;
  const query = { ...without(address), ...chooses(level, count.code) };
  return (
    <a href={addressOf(language, { page: 'map', query })} tabIndex={-1}>
      {shape}
    </a>
  );
}

interface NumberProps {
  readonly outline: Outline;
  readonly drawing: Drawing;
  readonly count: AreaCount | undefined;
}

function Number({ outline: { centre }, drawing, count }: NumberProps) {
  const words = useWords();
  if (!count) return null;
  const [x, y] = drawing.place(centre);
  return (
    <text class="area-number" x={x} y={y}>
      {words.number(count.assets)}
    </text>
  );
}

/** Web Mercator knows no poles. */
const FARTHEST = 85;
const SMALLEST_FRAME = 12;
const LARGEST = 46;
const SMALLEST = 9;

/** A circle for each municipality, its area by the number of assets; the large ones lie below the small ones. */
function Circles({
  view: { list, areas, level },
  geography,
  drawing,
}: {
  readonly view: MapView;
  readonly geography: Geography;
  readonly drawing: Drawing;
}) {
  const { t, language } = useWords();
  const most = Math.max(1, ...areas.map(({ assets }) => assets));
  return (
    <>
      {[...areas]
        .sort((a, b) => b.assets - a.assets)
        .map(({ code, name, assets }) => {
          const centre = centreOfArea(geography, level, code);
          if (!centre) return null;
          const [x, y] = drawing.place(centre);
          const query = { ...without(list.address), ...chooses(level, code) };
          return (
            <a key={code} href={addressOf(language, { page: 'map', query })} tabIndex={-1}>
              <circle class="area-circle" cx={x} cy={y} r={Math.max(SMALLEST, Math.sqrt(assets / most) * LARGEST)}>
                <title>{t('map.areaHas', { name, count: assets })}</title>
              </circle>
            </a>
          );
        })}
    </>
  );
}

/** Where the part lies whose assets are listed. */
function ViewFrame({ view: { seen }, drawing }: { readonly view: MapView; readonly drawing: Drawing }) {
  if (!seen) return null;
  const { west, south, east, north } = seen.bounds;
  const inside = ([x, y]: readonly [number, number]): [number, number] => [
    Math.max(0, Math.min(drawing.width, x)),
    Math.max(0, Math.min(drawing.height, y)),
  ];
  const [left, top] = inside(drawing.place([west, Math.min(north, FARTHEST)]));
  const [right, bottom] = inside(drawing.place([east, Math.max(south, -FARTHEST)]));
  // Small enough to be overlooked, it is drawn larger.
  const grown = Math.max(0, (SMALLEST_FRAME - Math.min(right - left, bottom - top)) / 2);
  const size = { width: right - left + 2 * grown, height: bottom - top + 2 * grown };
  return <rect class="map-seen" x={left - grown} y={top - grown} {...size} rx="3" />;
}

/** What the shades mean. */
function Legend({ steps }: { readonly steps: readonly number[] }) {
  const words = useWords();
  return (
    <ul class="map-legend" aria-hidden="true">
      {[0, ...steps].map((most, shade) => (
        <li key={most}>
          <svg width="18" height="18">
            <rect class={`area area-${shade}`} width="18" height="18" rx="3" />
          </svg>
          {shade === 0 ? words.number(0) : range((steps[shade - 2] ?? 0) + 1, most, words.number.bind(words))}
        </li>
      ))}
    </ul>
  );
}

const range = (from: number, to: number, say: (number: number) => string): string =>
  from === to ? say(to) : `${say(from)}–${say(to)}`;
