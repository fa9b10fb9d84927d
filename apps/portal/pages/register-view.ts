import type { Phase } from '#domain';
import { facets as facetsOf, idleFacet, positionOf, registerSlice } from '#read-models';
import type { Facet, FilterColumn, RegisterItem, RegisterQuery, RegisterSlice, RegisterTotal } from '#read-models';
import { filterNames } from '#web';
import type { FilterName, FilterValue, RegisterLine, RegisterView } from '#web';
import { valueOf } from '../api/resources';
import { cursorText } from '../cursor';
import type { Kept, KeptAnswers } from '../kept-answers';
import type { Reading } from '../reading';
import { orBuilding } from '../reading';
import { addressFrom, isPast, queryOf } from '../register-query';
import type { RegisterDto } from '../register-query';

const PAGE = 25;

const columns: Readonly<Partial<Record<FilterName, FilterColumn>>> = {
  kind: 'kind',
  category: 'category',
  phase: 'phase',
  region: 'region_code',
  province: 'province_code',
  municipality: 'municipality_code',
  purpose: 'purpose',
  use: 'use_standing',
  managedBy: 'manager_kind',
};

/** The register's page, and the log position it is true for in all its parts. */
export interface CountedView {
  readonly view: RegisterView;
  readonly since: number;
}

/** A page of the list, and how many lines it has in all. */
export interface Listed {
  readonly page: RegisterSlice;
  readonly total: Kept<RegisterTotal>;
}

/** How the list of a question is found at a log position. */
export type Listing = (question: RegisterQuery, position: number) => Promise<Listed>;

/** All that the question finds. */
const wholeList =
  (reading: Reading, after: number | undefined): Listing =>
  async (question, position) => {
    const [page, total] = await Promise.all([
      registerSlice(reading.database, question),
      reading.registerTotal(question, position, after),
    ]);
    return { page, total };
  };

/** Everything the register's page shows; `listing` finds its list, unless it is of all there is. Throws RequestFailed while the register is being built. */
export async function registerView(
  reading: Reading,
  counts: KeptAnswers<Facet[]>,
  dto: RegisterDto,
  listing: Listing = wholeList(reading, dto.after),
): Promise<CountedView> {
  const { text, ...wordless } = queryOf(dto, PAGE, (day) => reading.at(day));
  const searched = text !== undefined && !isPast(dto);
  const question = { ...wordless, ...(searched && { text }) };
  const position = await positionOf(reading.database);
  const { today } = reading.now();
  const chosen = filterNames.map((name) => dto[name] ?? null);
  const asked = async (name: FilterName): Promise<Facet[]> => {
    const column = columns[name];
    if (column !== undefined) return facetsOf(reading.database, column, wordless);
    const { idleUpTo: _, ...others } = wordless;
    return name === 'idle' ? idleFacet(reading.database, others, today) : [{ code: 'open', name: 'open' }];
  };
  const offered = (name: FilterName): Promise<Kept<Facet[]>> =>
    counts.to(JSON.stringify([name, chosen, today]), position, () => asked(name), dto.after);
  const names = filterNames.filter((name) => isOffered(name, dto));
  // Counts are those of the register of today, so they are left out where that is not what is shown.
  const counted = dto.q === undefined && !isPast(dto);
  const [{ page, total }, facets] = await orBuilding(
    Promise.all([listing(question, position), Promise.all(names.map(offered))]),
  );
  const filters: RegisterView['filters'] = Object.fromEntries(
    names.map((name, place) => [
      name,
      facets[place]!.answer.map(({ code, name: own, assets }): FilterValue => ({
        code,
        name: own,
        ...(counted && assets !== undefined && { assets }),
      })),
    ]),
  );
  const { next, previous } = page;
  const view = {
    address: addressFrom(dto),
    lines: page.items.map(lineOf),
    ...total.answer,
    filters,
    areaNames: areaNames(dto, filters, page.items[0]),
    ...(next !== undefined && { next: cursorText({ after: next }) }),
    ...(previous !== undefined && { previous: cursorText({ before: previous }) }),
    wordsIgnored: text !== undefined && !searched,
    today: reading.today(),
    position: page.position,
  };
  const parts = [page, ...facets, total];
  return { view, since: Math.min(...parts.map((part) => part.position)) };
}

/** A province is offered once its region is chosen, a municipality once its province is; managers are too many to be offered by name. */
function isOffered(name: FilterName, { region, province }: RegisterDto): boolean {
  if (name === 'manager') return false;
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
  const { manager } = dto;
  return { ...Object.fromEntries(names), ...(manager !== undefined && { manager: first?.manager ?? manager }) };
}

/** An asset as a line of the register. */
export function lineOf(item: RegisterItem): RegisterLine {
  const { id, kind, category, subcategory, title, municipality, province, region, phase_since: phaseSince } = item;
  // The projection writes nothing but phases of the domain.
  const phase = item.phase as Phase;
  const named = { id, kind, category, subcategory, title };
  const { manager: name, organisation } = item;
  const manager = name === null ? {} : { manager: { name, organisation } };
  return { ...named, municipality, province, region, phase, phaseSince, value: valueOf(item), ...manager };
}
