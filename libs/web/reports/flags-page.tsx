import { daysBetween, flagThresholds, publicationDuties } from '#domain';
import type { LegalDate } from '#domain';
import { addressOf } from '../addresses';
import { useToday } from '../civic/on-a-day';
import { Day } from '../elements/dates';
import { Original } from '../elements/original';
import { SourceMark } from '../elements/source-tag';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { ReportFrame, ReportList, without } from './frame';
import { AssetCell, Cell, DateCell, ListTable } from './list-parts';
import type { FlagLineOfList, FlagsView } from './view';

/** Patterns that deserve a question: how each is found, why it may be harmless, how often it is found, and where. */
export function FlagsPage({ view, origin }: { readonly view: FlagsView; readonly origin: string }) {
  const { t } = useWords();
  const { totals } = view;
  const found = {
    count: totals.reduce((sum, { hits }) => sum + hits, 0),
    rules: totals.filter(({ hits }) => hits > 0).length,
    whole: totals.length,
  };
  return (
    <ReportFrame view={view} origin={origin} status={t('strip.flags', found)}>
      <p class="flags-note">{t('reports.flags.question')}</p>
      <section aria-labelledby="rules">
        <h2 id="rules">{t('reports.flags.rules')}</h2>
        <ul class="flag-rules">
          {view.totals.map(({ rule, hits }) => (
            <Rule key={rule} view={view} rule={rule} hits={hits} />
          ))}
        </ul>
        <p class="quiet">{t('reports.flags.thresholds')}</p>
      </section>
      <ReportList view={view} title={t('reports.flags.list')}>
        <Flags view={view} />
      </ReportList>
    </ReportFrame>
  );
}

type Rule = FlagsView['totals'][number];

function Rule({ view, rule, hits }: Rule & { readonly view: FlagsView }) {
  const words = useWords();
  const { t, language } = words;
  const href = `${addressOf(language, { page: 'flags', query: { ...without(view.address), rule } })}#list`;
  const values = {
    works: flagThresholds.worksWithinDays,
    amount: words.money({ minor: flagThresholds.splitAt, currency: 'EUR' }),
    split: flagThresholds.splitWithinDays,
    idle: flagThresholds.idleDays,
    visit: flagThresholds.visitWithinDays,
    late: flagThresholds.recordedWithinDays,
    seconds: flagThresholds.approvedAfterSeconds,
    awards: flagThresholds.winnerAwards,
    percent: flagThresholds.winnerPercent,
    period: flagThresholds.winnerWithinDays,
    ...view.duties,
  };
  const hitsText = t('reports.flags.hits', { count: hits });
  return (
    <li>
      <h3>{words.code('flagRule', rule)}</h3>
      <p>{t(`reports.flags.formula.${rule}`, values)}</p>
      {rule === 'overdue-publication' && (
        <ul>
          {publicationDuties.map((duty) => (
            <li key={duty}>{t(`reports.flags.duty.${duty}`, values)}</li>
          ))}
        </ul>
      )}
      <p class="quiet">{t(`reports.flags.caveat.${rule}`)}</p>
      <p>
        {hits === 0 ? (
          hitsText
        ) : (
          <a href={href}>
            {hitsText}
            <span class="hidden">: {words.code('flagRule', rule)}</span>
          </a>
        )}
      </p>
    </li>
  );
}

function Flags({ view }: { readonly view: FlagsView }) {
  const words = useWords();
  const { t } = words;
  const today = useToday();
  const heads = [
    { text: t('reports.flags.about') },
    { text: t('reports.flags.question_') },
    { text: t('reports.flags.found') },
    { text: t('reports.flags.since') },
  ];
  return (
    <ListTable caption={t('reports.flags.listCaption')} heads={heads}>
      {view.lines.map((line) => (
        <tr role="row" key={`${line.entry} ${line.rule}`}>
          <SubjectCell line={line} />
          <Cell>
            {words.code('flagRule', line.rule)}
            {line.duty !== null && <span class="beside">{words.code('publicationDuty', line.duty)}</span>}
          </Cell>
          <Cell>
            {measureOf(line, today, words)}
            <Concerned line={line} name={view.names.get(line.organisation ?? '')} />
          </Cell>
          {line.asset === null ? (
            <EntryCell line={line} />
          ) : (
            <DateCell on={line.hitFrom ?? line.on} asset={line.asset} entry={line.entry} source={line.provenance} />
          )}
        </tr>
      ))}
    </ListTable>
  );
}

/** What a flag is about: an asset as in every list, or a call or group with the authority that is asked. */
function SubjectCell({ line }: { readonly line: FlagLineOfList }) {
  const words = useWords();
  const { t, language } = words;
  const { asset, kind, subject, authority } = line;
  if (asset !== null) return <AssetCell line={{ ...line, asset, kind: kind ?? '' }} />;
  const list = subject.kind === 'group' ? 'groups' : 'calls';
  return (
    <th role="rowheader" scope="row">
      <a href={addressOf(language, { page: 'civic', list, id: subject.id })}>
        <Original>{subject.name ?? subject.id}</Original>
      </a>
      <span class="beside">
        {[t(`reports.flags.of.${list}`), ...(authority === null ? [] : [words.agency(authority)])].join(' · ')}
      </span>
    </th>
  );
}

/** Whom it concerns: by its name in the entry, or by the page of the organisation. */
function Concerned({ line: { party, organisation }, name }: { readonly line: FlagLineOfList; readonly name: string | undefined }) {
  const { language } = useWords();
  if (party === null && organisation === null) return null;
  return (
    <span class="beside">
      {organisation === null ? (
        <Original>{party}</Original>
      ) : (
        <a href={addressOf(language, { page: 'civic', list: 'organisations', id: organisation })}>
          <Original>{name ?? organisation}</Original>
        </a>
      )}
    </span>
  );
} // prettier-ignore

/** The day of a line, leading to the entry of a call or group and its proof. */
function EntryCell({ line: { hitFrom, on, entry, provenance } }: { readonly line: FlagLineOfList }) {
  const { t, language } = useWords();
  const since = hitFrom ?? on;
  return (
    <td role="cell" class="since">
      <a href={addressOf(language, { page: 'entry-proof', id: entry })}>
        {since === null ? t('reports.noDate') : <Day date={since} />}
      </a>{' '}
      <SourceMark of={provenance} />
    </td>
  );
}

/** What was measured, in its unit; of what lasts, for how long it does. */
function measureOf(line: FlagLineOfList, today: LegalDate | undefined, words: Words): string {
  const { rule, measure, outOf, currency, on, hitFrom } = line;
  const { t } = words;
  if (measure === null && rule !== 'overdue-publication' && on !== null && hitFrom !== null && today !== undefined)
    return t('reports.flags.daysSince', { count: daysBetween(on, today), on });
  if (measure === null) return rule === 'overdue-publication' ? t('reports.flags.missing') : '';
  switch (rule) {
    case 'recorded-late':
    case 'overdue-publication':
      return t('reports.flags.daysLater', { count: measure });
    case 'approved-within-seconds':
      return t('reports.flags.secondsLater', { count: measure });
    case 'single-applicant':
      return t('reports.flags.admittedOf', { count: outOf ?? measure });
    case 'same-winner':
      return t('reports.flags.wonOf', { won: measure, count: outOf ?? measure });
    default:
      return currency === null ? words.number(measure) : words.money({ minor: measure, currency });
  }
}
