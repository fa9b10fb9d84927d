import { useContext } from 'preact/hooks';
import { NOT_STATED } from '#domain';
import { addressOf } from '../addresses';
import type { RegisterAddress } from '../addresses';
import { DayOfPage } from '../civic/on-a-day';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { Money } from '../language/money';
import type { AreaLevel } from '../map/geography';
import { groups } from './view';
import type { AreaCount, IndicatorsView } from './view';

interface AreaTableProps {
  readonly view: IndicatorsView;
  readonly title: string;
  /** What the areas are. */
  readonly level: AreaLevel;
  /** The area they are parts of, as filters of the register. */
  readonly within?: RegisterAddress;
  /** Inside a form: the areas chosen in it; each then has a box to choose it by. */
  readonly chosen?: readonly string[];
}

/** Areas, each with its assets by group and the values that are known, and leading to its page. Where no value is known at all, there is no column of them. */
export function AreaTable({ view, title, level, within = {}, chosen }: AreaTableProps) {
  const words = useWords();
  const { t } = words;
  const moment = useContext(DayOfPage);
  const amounts = [...view.byArea.flatMap(({ values }) => values), ...view.values];
  const said = amounts.length === 0 ? undefined : words.moneyColumn(amounts);
  return (
    <Scrolling label={title}>
      <table>
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field(level)}</th>
            <Heading text={t('indicators.assets')} />
            {groups.map((group) => (
              <Heading key={group} text={t(`group.${group}`)} />
            ))}
            <Heading text={t('indicators.valued')} />
            {said && <Heading text={t('indicators.value')} />}
          </tr>
        </thead>
        <tbody>
          {view.byArea.map((area) => (
            <tr key={area.code}>
              <th scope="row">
                <Name area={area} chosen={chosen} />
              </th>
              <Numbers
                {...area}
                href={addressOf(words.language, {
                  page: 'register',
                  query: { ...within, [level]: area.code || NOT_STATED, ...moment },
                })}
                said={said}
                words={words}
              />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('indicators.total')}</th>
            <Numbers
              assets={view.total}
              byGroup={view.byGroup}
              valued={view.valued}
              values={view.values}
              said={said}
              words={words}
            />
          </tr>
        </tfoot>
      </table>
    </Scrolling>
  );
}

function Name({
  area: { code, name },
  chosen,
}: {
  readonly area: AreaCount;
  readonly chosen: AreaTableProps['chosen'];
}) {
  const { t, language } = useWords();
  const moment = useContext(DayOfPage);
  if (code === '') return t('indicators.noArea');
  const link = <a href={addressOf(language, { page: 'area', code, moment })}>{name || code}</a>;
  if (!chosen) return link;
  return (
    <span class="choosable">
      <input
        type="checkbox"
        name="area"
        value={code}
        checked={chosen.includes(code)}
        aria-label={t('area.choose', { name: name || code })}
      />
      {link}
    </span>
  );
}

const Heading = ({ text }: { readonly text: string }) => (
  <th scope="col" class="numeric">
    {text}
  </th>
);

type NumbersProps = Pick<AreaCount, 'assets' | 'byGroup' | 'valued' | 'values'> & {
  /** How the amounts of the column are said; without it there is none. */
  readonly said: ((money: Money) => string) | undefined;
  readonly words: Words;
  /** Where the assets are listed. */
  readonly href?: string;
};

function Numbers({ assets, byGroup, valued, values, said, words, href }: NumbersProps) {
  return (
    <>
      <td class="numeric">{href === undefined ? words.number(assets) : <a href={href}>{words.number(assets)}</a>}</td>
      {[...groups.map((group) => byGroup[group]), valued].map((number, place) => (
        <td class="numeric" key={place}>
          {words.number(number)}
        </td>
      ))}
      {said && (
        <td class="numeric">
          {values.length === 0 ? (
            <span class="quiet">{words.t('reports.notStated')}</span>
          ) : (
            values.map(said).join(' + ')
          )}
        </td>
      )}
    </>
  );
}
