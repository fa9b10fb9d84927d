import { DateField, MomentFields } from '../elements/moment';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { addressHere, filtersSet, withoutFilter } from './view';
import type { FilterName, FilterValue, RegisterView } from './view';

const areas: readonly FilterName[] = ['region', 'province', 'municipality'];

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
      <label for={name}>{words.field(name)}</label>
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

/** An area once chosen stays as it is until it is taken away: a province left over from another region would find nothing. */
function Area({ name, view }: ChoiceProps) {
  const words = useWords();
  const code = view.address[name];
  if (code === undefined) return <Choice name={name} view={view} />;
  return (
    <div class="field">
      <span class="label">{words.field(name)}</span>
      <input type="hidden" name={name} value={code} />
      <Removable name={name} view={view} />
    </div>
  );
}

/** A chosen filter with the link that takes it away. */
export function Removable({ name, view }: ChoiceProps) {
  const words = useWords();
  const text = chosenName(name, view, words);
  return (
    <a class="chip" href={addressHere(words.language, view, withoutFilter(view.address, name))}>
      <span class="hidden">{words.t('register.remove', { name: words.field(name) })}: </span>
      {text}
      <span class="cross" aria-hidden="true">
        ×
      </span>
    </a>
  );
}

export function chosenName(name: FilterName, { address, areaNames }: RegisterView, words: Words): string {
  const code = address[name] ?? '';
  return areas.includes(name) ? (areaNames[name] ?? code) : words.code(name, code);
}

function optionText(name: FilterName, { code, name: own, assets }: FilterValue, words: Words): string {
  const text = areas.includes(name) ? own : words.code(name, code);
  return assets === undefined ? text : `${text} (${words.number(assets)})`;
}
