import type { UseStatement } from '#domain';
import { countedTogether } from '#domain';
import { Original } from '../../elements/original';
import { Scrolling } from '../../elements/scrolling';
import { useWords } from '../../language/speaking';
import { CountsTable } from '../../reports/counts';
import { EntryDay } from './entry-link';
import type { PlaceOf } from './entry-link';

interface UseProps {
  readonly statement: UseStatement;
  readonly places: PlaceOf;
}

/** Whether the asset is used, what reports count, and what visits found. */
export function UseSection({ statement, places }: UseProps) {
  const words = useWords();
  const { t } = words;
  const { since, reports, visits, nonUse } = statement;
  return (
    <section class="chapter" aria-labelledby="use">
      <h2 id="use">{t('reports.use.section')}</h2>
      <p>
        {since === undefined
          ? t('reports.use.notInUse')
          : since.on === null
            ? t('reports.use.inUse')
            : t('reports.use.since', { day: words.day(since.on) })}
      </p>
      {reports.length > 0 && (
        <>
          <h3>{t('reports.use.reports', { count: reports.length })}</h3>
          <Reports statement={statement} places={places} />
          <CountsTable sums={countedTogether(reports)} reports={reports.length} />
          {reports.length > 1 && <p class="quiet">{t('reports.use.twice')}</p>}
        </>
      )}
      {visits.length + nonUse.length > 0 && (
        <>
          <h3>{t('reports.use.visits')}</h3>
          <ul class="plain">
            {visits.map(({ id, on, found, findings }) => (
              <li key={id}>
                <EntryDay entry={id} on={on} places={places} />: {words.code('found', found)}
                {findings !== null && (
                  <span class="beside">
                    <Original>{findings}</Original>
                  </span>
                )}
              </li>
            ))}
            {nonUse.map(({ id, on, since: from, details }) => (
              <li key={id}>
                <EntryDay entry={id} on={on} places={places} />: {words.code('useType', 'non-use')}
                {from !== null && ` (${t('reports.use.nonUseSince', { day: words.day(from) })})`}
                {details !== null && (
                  <span class="beside">
                    <Original>{details}</Original>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Reports({ statement: { reports }, places }: UseProps) {
  const words = useWords();
  const { t } = words;
  return (
    <Scrolling label={t('reports.use.activities')}>
      <table>
        <caption class="hidden">{t('reports.use.activities')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.use.periodColumn')}</th>
            <th scope="col">{t('reports.use.activities')}</th>
            <th scope="col" class="numeric">
              {t('reports.use.whom')}
            </th>
          </tr>
        </thead>
        <tbody>
          {reports.map(({ id, on, from, to, activities, counts, details }) => (
            <tr key={id}>
              <th scope="row">
                {t('reports.use.period', { from: words.day(from), to: words.day(to) })}
                <span class="beside">
                  <EntryDay entry={id} on={on} places={places} />
                </span>
              </th>
              <td>
                {activities.map(({ kind, title, times }, place) => (
                  <span key={place}>
                    {place > 0 && '; '}
                    {words.code('kind', kind)}
                    {title !== undefined && (
                      <>
                        {' '}
                        (<Original>{title}</Original>)
                      </>
                    )}
                    {times !== undefined && ` × ${words.number(times)}`}
                  </span>
                ))}
                {details !== null && (
                  <span class="beside">
                    <Original>{details}</Original>
                  </span>
                )}
              </td>
              <td class="numeric">
                {counts['beneficiaries.total'] === undefined ? (
                  <span class="quiet">{t('reports.use.missing')}</span>
                ) : (
                  words.number(counts['beneficiaries.total'])
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
