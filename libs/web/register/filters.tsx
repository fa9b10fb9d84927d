import { NOT_STATED } from '#domain';
import { DateField, MomentFields } from '../elements/moment';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { addressHere, facetCodes, filtersSet, withoutFilter } from './view';
import type { FilterName, FilterValue, RegisterView } from './view';

const areas: readonly FilterName[] = ['region', 'province', 'municipality'];
/** Those that are folded away. */
const facets = ['purpose', 'use', 'idle', 'call', 'managedBy'] as const;

/** What a filter is called. */
const filterName = (name: FilterName, words: Words): string =>
  isFacet(name) || name === 'manager' ? words.t(`register.facet.${name}`) : words.field(name);

const isFacet = (name: FilterName): name is keyof typeof facetCodes => name in facetCodes;

const codeName = (name: FilterName, code: string, words: Words): string =>
  words.code(isFacet(name) ? facetCodes[name] : name, code);

/** Search and filters as one plain form: what is chosen is in the address, so that it can be kept, sent and linked. */
export function Filters({ view }: { readonly view: RegisterView }) {
  const { language, t } = useWords();
  const { address } = view;
  const set = filtersSet(address);
  return (
    <form class="filter-form" role="search" method="get" action={addressHere(language, view, {})}>
      <div class="field search-field">
        <label for="q">{t('register.search')}</label>
        <div class="search-row">
          <input
            type="search"
            id="q"
            name="q"
            value={address.q ?? ''}
            placeholder={t('register.searchHint')}
            maxLength={200}
            autocomplete="off"
          />
          <button type="submit">{t('register.search')}</button>
        </div>
      </div>
      <details class="filters">
        <summary>{set > 0 ? t('register.filtersSet', { count: set }) : t('register.filters')}</summary>
        <div class="filter-fields">
          {(['kind', 'category', 'phase'] as const).map((name) => (
            <Choice key={name} name={name} view={view} />
          ))}
          {areas
            .filter((name, place) => place === 0 || address[areas[place - 1]!] !== undefined)
            .map((name) => (
              <Area key={name} name={name} view={view} />
            ))}
          <MoreFilters view={view} />
          {view.page === 'map' ? (
            <DateField name="asOf" label={t('moment.asOf')} value={address.asOf} max={view.today} />
          ) : (
            <MomentFields moment={address} today={view.today} />
          )}
          <button type="submit" class="secondary">
            {t('register.show')}
          </button>
        </div>
      </details>
    </form>
  );
}

/** What was decided about an asset and what became of it: folded away until it is asked for. */
function MoreFilters({ view }: { readonly view: RegisterView }) {
  const { t } = useWords();
  const { address } = view;
  return (
    <details class="more-filters" open={[...facets, 'manager' as const].some((name) => address[name] !== undefined)}>
      <summary>{t('register.moreFilters')}</summary>
      <div class="filter-fields">
        {facets.map((name) => (
          <Choice key={name} name={name} view={view} />
        ))}
        {address.manager !== undefined && <Area name="manager" view={view} />}
      </div>
    </details>
  );
}

interface ChoiceProps {
  readonly name: FilterName;
  readonly view: RegisterView;
}

function Choice({ name, view }: ChoiceProps) {
  const words = useWords();
  const chosen = view.address[name];
  const values = view.filters[name] ?? [];
  const missing = chosen !== undefined && !values.some(({ code }) => code === chosen);
  const all: readonly FilterValue[] = missing ? [...values, { code: chosen, name: chosen }] : values;
  return (
    <div class="field">
      <label for={name}>{filterName(name, words)}</label>
      <select id={name} name={name}>
        <option value="">{words.t('register.any')}</option>
        {all.map((value) => (
          <option key={value.code} value={value.code} selected={value.code === chosen}>
            {optionText(name, value, words)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** An area or a manager once chosen stays as it is until it is taken away: a province left over from another region would find nothing. */
function Area({ name, view }: ChoiceProps) {
  const words = useWords();
  const code = view.address[name];
  if (code === undefined) return <Choice name={name} view={view} />;
  return (
    <div class="field">
      <span class="label">{filterName(name, words)}</span>
      <input type="hidden" name={name} value={code} />
      <Removable name={name} view={view} />
    </div>
  );
}

/** A chosen filter with the link that takes it away. */
export function Removable({ name, view }: ChoiceProps) {
  const words = useWords();
  return (
    <a class="chip" href={addressHere(words.language, view, withoutFilter(view.address, name))}>
      <span class="hidden">{words.t('register.remove', { name: filterName(name, words) })}: </span>
      {chosenInWords(name, view, words)}
      <span class="cross" aria-hidden="true">
        ×
      </span>
    </a>
  );
}

/** What is chosen of a facet would say little without the name of the facet. */
export function chosenInWords(name: FilterName, view: RegisterView, words: Words): string {
  const chosen = chosenName(name, view, words);
  if (!isFacet(name) && name !== 'manager') return chosen;
  return words.t('register.chosenOf', { name: filterName(name, words), chosen });
}

function chosenName(name: FilterName, { address, areaNames }: RegisterView, words: Words): string {
  const code = address[name] ?? '';
  const named = areas.includes(name) || name === 'manager';
  if (areas.includes(name) && code === NOT_STATED) return words.row([words.field(name), words.t('register.notStated')]);
  return named ? (areaNames[name] ?? code) : codeName(name, code, words);
}

function optionText(name: FilterName, { code, name: own, assets }: FilterValue, words: Words): string {
  const text = areas.includes(name) ? own : codeName(name, code, words);
  return assets === undefined ? text : `${text} (${words.number(assets)})`;
}
