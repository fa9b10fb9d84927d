import { Bars } from '../elements/bars';
import { NoSuchFigure } from '../elements/nothing';
import { Scrolling } from '../elements/scrolling';
import { SourceTag } from '../elements/source-tag';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { CountBars, CountsTable, byAge, byGender } from './counts';
import { Count, ReportFrame, ReportList, asOf, nothingIn, rowsBehind } from './frame';
import { AssetCell, Cell, DateCell, ListTable } from './list-parts';
import type { UseSum, UseView } from './view';

/** Use and social impact: whom reports count, what they tell, what visits found. */
export function UsePage({ view, origin }: { readonly view: UseView; readonly origin: string }) {
  const words = useWords();
  const { t } = words;
  const { total } = view;
  return (
    <ReportFrame view={view} origin={origin} status={statusOf(view, words)}>
      {total.reports > 0 && <People view={view} />}
      {(total.reports > 0 || seen(total) > 0) && (
        <div class="report-pair">
          {total.reports > 0 && <Activities view={view} />}
          {seen(total) > 0 && <Visits view={view} />}
        </div>
      )}
      <ReportList view={view} title={t('reports.use.list')}>
        <Records view={view} />
      </ReportList>
    </ReportFrame>
  );
}

function statusOf(view: UseView, words: Words): string {
  const { t } = words;
  const { reports, visits, nonUse } = view.total;
  const all = seen(view.total);
  if (reports + all === 0) return nothingIn(view, words);
  return t('strip.use', {
    reports: t('reports.use.reports', { count: reports }),
    visits: t('strip.visits', { count: all - nonUse }),
    used: visits['in-use'],
  });
}

const seen = ({ visits, nonUse }: UseSum): number =>
  visits['in-use'] + visits['partly-used'] + visits['not-used'] + nonUse;

function People({ view }: { readonly view: UseView }) {
  const { t, language } = useWords();
  const { counts, reports } = view.total;
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t('reports.use.people')}</h2>
      <p class="quiet">
        <a href={rowsBehind(view, { type: 'report' }, language)}>{t('reports.use.reports', { count: reports })}</a>.{' '}
        {t('reports.use.twice')}
      </p>
      <div class="report-pair">
        <div>
          <h3>{t('reports.use.byGender')}</h3>
          <CountBars sums={counts} parts={byGender} />
          <h3>{t('reports.use.byAge')}</h3>
          <CountBars sums={counts} parts={byAge} />
        </div>
        <CountsTable sums={counts} reports={reports} />
      </div>
    </section>
  );
}

function Activities({ view }: { readonly view: UseView }) {
  const words = useWords();
  const { t, language } = words;
  const inOrder = Object.entries(view.total.activities).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const counted = inOrder.map(([kind, reports]) => ({
    label: words.code('kind', kind),
    value: reports,
    href: rowsBehind(view, { type: 'report', activity: kind }, language),
  }));
  return (
    <section aria-labelledby="activities">
      <h2 id="activities">{t('reports.use.activities')}</h2>
      <Bars bars={counted.map(({ label, value }) => ({ label, value, text: words.number(value) }))} />
      <Numbers title={t('reports.use.activities')} head={t('reports.use.activityReports')} rows={counted} />
    </section>
  );
}

function Visits({ view }: { readonly view: UseView }) {
  const words = useWords();
  const { t, language } = words;
  const { visits, nonUse } = view.total;
  const rows = [
    ...(['in-use', 'partly-used', 'not-used'] as const).map((found) => ({
      label: words.code('found', found),
      value: visits[found],
      href: rowsBehind(view, { type: 'visit', found }, language),
    })),
    { label: t('reports.use.nonUse'), value: nonUse, href: rowsBehind(view, { type: 'non-use' }, language) },
  ];
  return (
    <section aria-labelledby="visits">
      <h2 id="visits">{t('reports.use.visits')}</h2>
      <Bars bars={rows.map(({ label, value }) => ({ label, value, text: words.number(value) }))} />
      <Numbers title={t('reports.use.found')} head={t('reports.use.visitCount')} rows={rows} />
    </section>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly { readonly label: string; readonly value: number; readonly href: string | undefined }[];
}

function Numbers({ title, head, rows }: NumbersProps) {
  return (
    <Scrolling label={title}>
      <table>
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" class="numeric">
              {head}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, value, href }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td class="numeric">
                <Count count={value} href={href} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function Records({ view: { lines, address } }: { readonly view: UseView }) {
  const words = useWords();
  const { t } = words;
  // Reports alone count people.
  const counting = lines.some(({ type }) => type === 'report');
  const heads = [
    { text: t('reports.asset') },
    { text: t('reports.date') },
    { text: t('reports.use.what') },
    ...(counting ? [{ text: t('reports.use.whom'), numeric: true }] : []),
  ];
  return (
    <ListTable caption={t('reports.use.listCaption')} heads={heads}>
      {lines.map((line) => {
        const people = line.counts['beneficiaries.total'] ?? null;
        const kinds = [...new Set(line.activities.map(({ kind }) => kind))];
        return (
          <tr role="row" key={line.id}>
            <AssetCell line={line} part="use" moment={asOf(address)} />
            <DateCell on={line.occurredOn} asset={line.asset} entry={line.id} moment={asOf(address)} />
            <Cell>
              {words.code('useType', line.type)}
              {line.found !== null && `: ${words.code('found', line.found)}`}
              {kinds.length > 0 && `: ${words.row(kinds.map((kind) => words.code('kind', kind)))}`}
              {line.from !== null && line.to !== null && (
                <span class="beside">
                  {t('reports.use.period', { from: words.day(line.from), to: words.day(line.to) })}
                </span>
              )}
              <span class="beside">
                <SourceTag of={line.provenance} />
              </span>
              {line.type === 'non-use' && line.from !== null && (
                <span class="beside">{t('reports.use.nonUseSince', { day: words.day(line.from) })}</span>
              )}
            </Cell>
            {line.type === 'report' ? (
              <Cell numeric label={t('reports.use.whom')}>
                {people === null ? <span class="quiet">{t('reports.use.missing')}</span> : words.number(people)}
              </Cell>
            ) : (
              counting && (
                <td role="cell" class="numeric nothing">
                  <NoSuchFigure />
                </td>
              )
            )}
          </tr>
        );
      })}
    </ListTable>
  );
}
