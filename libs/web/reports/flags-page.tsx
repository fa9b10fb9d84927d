import { flagThresholds } from '#domain';
import { addressOf } from '../addresses';
import { Original } from '../elements/original';
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
        <Flags lines={view.lines} />
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
  };
  const hitsText = t('reports.flags.hits', { count: hits });
  return (
    <li>
      <h3>{words.code('flagRule', rule)}</h3>
      <p>{t(`reports.flags.formula.${rule}`, values)}</p>
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

function Flags({ lines }: { readonly lines: readonly FlagLineOfList[] }) {
  const words = useWords();
  const { t } = words;
  const heads = [
    { text: t('reports.asset') },
    { text: t('reports.flags.question_') },
    { text: t('reports.flags.found') },
    { text: t('reports.flags.since') },
  ];
  return (
    <ListTable caption={t('reports.flags.listCaption')} heads={heads}>
      {lines.map((line) => (
        <tr role="row" key={`${line.entry} ${line.rule}`}>
          <AssetCell line={line} />
          <Cell>{words.code('flagRule', line.rule)}</Cell>
          <Cell>
            {measureOf(line, words)}
            {line.party !== null && (
              <span class="beside">
                <Original>{line.party}</Original>
              </span>
            )}
          </Cell>
          <DateCell on={line.on} asset={line.asset} entry={line.entry} />
        </tr>
      ))}
    </ListTable>
  );
}

/** What was measured, in its unit. */
function measureOf({ rule, measure, currency }: FlagLineOfList, words: Words): string {
  if (measure === null) return '';
  if (rule === 'recorded-late') return words.t('reports.flags.daysLater', { count: measure });
  if (rule === 'approved-within-seconds') return words.t('reports.flags.secondsLater', { count: measure });
  return currency === null ? words.number(measure) : words.money({ minor: measure, currency });
}
