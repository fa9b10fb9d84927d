import { addressOf } from '../addresses';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { Money } from '../language/money';
import { groups } from './view';
import type { AreaCount, IndicatorsView } from './view';

/** Regions, each with its assets by group and the values that are known. */
export function AreaTable({ view, areas }: { readonly view: IndicatorsView; readonly areas: readonly AreaCount[] }) {
  const words = useWords();
  const { t, language } = words;
  return (
    <Scrolling label={t('indicators.byArea')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('indicators.area')}</th>
            <Heading text={t('indicators.assets')} />
            {groups.map((group) => (
              <Heading key={group} text={t(`group.${group}`)} />
            ))}
            <Heading text={t('indicators.valued')} />
            <Heading text={t('indicators.value')} />
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <tr key={area.code}>
              <th scope="row">
                {area.code === '' ? (
                  area.name
                ) : (
                  <a href={addressOf(language, { page: 'register', query: { region: area.code } })}>{area.name}</a>
                )}
              </th>
              <Numbers {...area} words={words} />
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
              words={words}
            />
          </tr>
        </tfoot>
      </table>
    </Scrolling>
  );
}

const Heading = ({ text }: { readonly text: string }) => (
  <th scope="col" class="numeric">
    {text}
  </th>
);

type NumbersProps = Pick<AreaCount, 'assets' | 'byGroup' | 'valued' | 'values'> & { readonly words: Words };

function Numbers({ assets, byGroup, valued, values, words }: NumbersProps) {
  return (
    <>
      {[assets, ...groups.map((group) => byGroup[group]), valued].map((number, place) => (
        <td class="numeric" key={place}>
          {words.number(number)}
        </td>
      ))}
      <td class="numeric">{sums(values, words)}</td>
    </>
  );
}

const sums = (values: readonly Money[], words: Words): string => values.map((money) => words.money(money)).join(' + ');
