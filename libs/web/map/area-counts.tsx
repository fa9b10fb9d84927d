import { NOT_STATED } from '#domain';
import { addressOf } from '../addresses';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import { without } from '../register/view';
import { chooses } from './view';
import type { MapView } from './view';

/** What the map shows, as a table: each area with its assets, and how many of them have a published position. */
export function AreaCounts({ view }: { readonly view: MapView }) {
  const words = useWords();
  const { t, language } = words;
  const { areas, level, list, isMinimum } = view;
  const title = t(`map.by.${level}`);
  const sum = (of: 'assets' | 'located'): number => areas.reduce((all, area) => all + area[of], 0);
  return (
    <div class="area-counts">
      <Scrolling label={title}>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.field(level)}</th>
              <th scope="col" class="numeric">
                {t('map.assets')}
              </th>
              <th scope="col" class="numeric">
                {t('map.located')}
              </th>
            </tr>
          </thead>
          <tbody>
            {areas.map(({ code, name, assets, located }) => (
              <tr key={code}>
                <th scope="row">
                  <a
                    href={addressOf(language, {
                      page: 'map',
                      query: { ...without(list.address), ...chooses(level, code || NOT_STATED) },
                    })}
                  >
                    {code === '' ? t('map.noArea') : name || code}
                  </a>
                </th>
                <td class="numeric">{words.number(assets)}</td>
                <td class="numeric">{words.number(located)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('map.all')}</th>
              <td class="numeric">{words.number(sum('assets'))}</td>
              <td class="numeric">{words.number(sum('located'))}</td>
            </tr>
          </tfoot>
        </table>
      </Scrolling>
      {isMinimum && <p class="quiet">{t('map.countedSoFar', { count: sum('assets') })}</p>}
    </div>
  );
}
