import type { Phase } from '#domain';
import { facets, registerList } from '#read-models';
import type { FilterColumn, RegisterItem } from '#read-models';
import { filterNames } from '#web';
import type { FilterName, FilterValue, RegisterLine, RegisterView } from '#web';
import { valueOf } from '../api/resources';
import { cursorText } from '../cursor';
import type { Reading } from '../reading';
import { orBuilding } from '../reading';
import { addressFrom, isPast, queryOf } from '../register-query';
import type { RegisterDto } from '../register-query';

const PAGE = 25;

const columns: Readonly<Record<FilterName, FilterColumn>> = {
  kind: 'kind',
  category: 'category',
  phase: 'phase',
  region: 'region_code',
  province: 'province_code',
  municipality: 'municipality_code',
};

/** Everything the register's page shows. Throws RequestFailed while the register is being built. */
export async function registerView(reading: Reading, dto: RegisterDto): Promise<RegisterView> {
  const { text, ...wordless } = queryOf(dto, PAGE);
  const searched = text !== undefined && !isPast(dto);
  const [{ items, total, totalIsMinimum, next, previous, position }, filters] = await orBuilding(
    Promise.all([
      registerList(reading.database, { ...wordless, ...(searched && { text }) }),
      filtersFor(reading, dto, wordless),
    ]),
  );
  return {
    address: addressFrom(dto),
    lines: items.map(lineOf),
    total,
    totalIsMinimum,
    filters,
    areaNames: areaNames(dto, filters, items[0]),
    ...(next !== undefined && { next: cursorText({ after: next }) }),
    ...(previous !== undefined && { previous: cursorText({ before: previous }) }),
    wordsIgnored: text !== undefined && !searched,
    today: reading.today(),
    position,
  };
}

/** What each filter can be set to. The counts are those of the register of today, so they are left out where that is not what is shown. */
async function filtersFor(
  { database }: Reading,
  dto: RegisterDto,
  wordless: ReturnType<typeof queryOf>,
): Promise<RegisterView['filters']> {
  const counted = dto.q === undefined && !isPast(dto);
  const lists = filterNames
    .filter((name) => isOffered(name, dto))
    .map(async (name): Promise<[FilterName, FilterValue[]]> => {
      const values = await facets(database, columns[name], wordless);
      return [name, values.map(({ assets, ...value }) => (counted ? { ...value, assets } : value))];
    });
  return Object.fromEntries(await Promise.all(lists));
}

/** A province is offered once its region is chosen, a municipality once its province is. */
function isOffered(name: FilterName, { region, province }: RegisterDto): boolean {
  if (name === 'province') return region !== undefined;
  return name !== 'municipality' || (region !== undefined && province !== undefined);
}

/** The names of the chosen areas, from the lists or, where nothing of today is there, from what is shown. */
function areaNames(
  dto: RegisterDto,
  filters: RegisterView['filters'],
  first?: RegisterItem,
): RegisterView['areaNames'] {
  const names = (['region', 'province', 'municipality'] as const).flatMap((area): [FilterName, string][] => {
    const name = filters[area]?.find(({ code }) => code === dto[area])?.name ?? first?.[area];
    return dto[area] !== undefined && name ? [[area, name]] : [];
  });
  return Object.fromEntries(names);
}

function lineOf(item: RegisterItem): RegisterLine {
  const { id, kind, category, subcategory, title, municipality, province, region, phase_since: phaseSince } = item;
  // The projection writes nothing but phases of the domain.
  const phase = item.phase as Phase;
  const named = { id, kind, category, subcategory, title };
  return { ...named, municipality, province, region, phase, phaseSince, value: valueOf(item) };
}
