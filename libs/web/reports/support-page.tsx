import { addressOf } from '../addresses';
import { NotRecorded } from '../elements/nothing';
import { Original } from '../elements/original';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Count, ReportFrame, ReportList, asOf, nothingIn, rowsBehind, without } from './frame';
import { HelpLink } from './help-link';
import { AssetCell, Cell, DateCell, ListTable, Party } from './list-parts';
import { deliveredInWords, measureInWords, spanInWords } from './support-words';
import type { SupportView } from './view';

/** Private support: what is needed, what was offered, what came of it. */
export function SupportPage({ view, origin }: { readonly view: SupportView; readonly origin: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <ReportFrame view={view} origin={origin} status={statusOf(view, words)}>
      {view.total.needs + view.total.pledges > 0 && <Figures view={view} />}
      <ul class="onward">
        {!showsOpenNeeds(view) && (
          <li>
            <a href={openNeeds(view, words)}>{t('reports.support.openNeeds')}</a>
          </li>
        )}
        <li>
          <a href={addressOf(words.language, { page: 'guide', guide: 'company' })}>{t('reports.support.how')}</a>
        </li>
      </ul>
      {view.forms.length > 0 && <Forms view={view} />}
      <ReportList view={view} title={t('reports.support.list')}>
        <Items view={view} />
      </ReportList>
    </ReportFrame>
  );
}

function statusOf(view: SupportView, words: Words): string {
  const { t } = words;
  const { needs, needsMet: met, pledges, accepted, fulfilled: given } = view.total;
  if (needs + pledges === 0) return nothingIn(view, words);
  const counted = { needs: t('strip.needs', { count: needs }), offers: t('strip.offers', { count: pledges }) };
  return t('strip.support', { ...counted, met, accepted, given });
}

const showsOpenNeeds = ({ address }: SupportView): boolean =>
  address.type === 'need' && address.status === 'open' && address.asOf === undefined;

/** What is needed today, in the area that is looked at. */
function openNeeds({ address: { region, province, municipality } }: SupportView, { language }: Words): string {
  const query = { type: 'need', status: 'open', ...given({ region, province, municipality }) };
  return `${addressOf(language, { page: 'support', query })}#list`;
}

const given = (filters: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));

/** What runs is counted on the day the list is about. */
const runningOn = ({ address }: SupportView) => (address.asOf === undefined ? 'running' : 'runningThen');

function Figures({ view }: { readonly view: SupportView }) {
  const words = useWords();
  const { t, language } = words;
  const { total } = view;
  const rows = (narrower: Readonly<Record<string, string>>) => rowsBehind(view, narrower, language);
  const pledges = (narrower: Readonly<Record<string, string>> = {}) => rows({ type: 'pledge', ...narrower });
  const beside = (name: 'needsMet' | 'passed', count: number, href: string | undefined) => (
    <span class="beside">
      {t(`reports.support.${name}`)}: <Count count={count} href={href} />
    </span>
  );
  const rate = total.accepted === 0 ? undefined : words.share(total.fulfilled / total.accepted);
  return (
    <section aria-label={t('reports.support.title')}>
      <dl class="figures">
        <Figure name={t('reports.support.needs')} count={total.needs} href={rows({ type: 'need' })}>
          {beside('needsMet', total.needsMet, rows({ type: 'need', status: 'met' }))}
        </Figure>
        <Figure name={t('reports.support.pledges')} count={total.pledges} href={pledges()} />
        <Figure name={t('reports.support.screened')} count={total.screened} href={pledges({ stage: 'screened' })}>
          {beside('passed', total.passed, pledges({ stage: 'passed' }))}
        </Figure>
        <Figure name={t('reports.support.accepted')} count={total.accepted} href={pledges({ stage: 'accepted' })} />
        <Figure name={t('reports.support.declined')} count={total.declined} href={pledges({ status: 'declined' })} />
        <Figure name={t('reports.support.withdrawn')} count={total.withdrawn} href={pledges({ status: 'withdrawn' })} />
        <Figure
          name={t(`reports.support.${runningOn(view)}`)}
          count={total.running}
          href={pledges({ stage: 'running' })}
        />
        {rate !== undefined && (
          <div>
            <dt>{t('reports.support.fulfilment')}</dt>
            <dd>{rate}</dd>
          </div>
        )}
      </dl>
      <p class="quiet">
        {rate === undefined
          ? t('reports.support.noneAccepted')
          : t('reports.support.fulfilmentNote', { part: total.fulfilled, whole: total.accepted })}{' '}
        {total.money.map(({ currency, pledged, delivered }) =>
          t('reports.support.money', {
            pledged: words.money({ minor: BigInt(pledged), currency }),
            delivered: words.money({ minor: BigInt(delivered), currency }),
          }),
        )}
      </p>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly count: number;
  /** Where the rows are that it counts. */
  readonly href: string | undefined;
  readonly children?: preact.ComponentChildren;
}

const Figure = ({ name, count, href, children }: FigureProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Count count={count} href={href} />
      {children}
    </dd>
  </div>
);

/** What chooses the rows that a column of the table counts. */
const columns = {
  needs: { type: 'need' },
  pledges: { type: 'pledge' },
  accepted: { type: 'pledge', stage: 'accepted' },
  fulfilled: { type: 'pledge', status: 'fulfilled' },
  running: { type: 'pledge', stage: 'running' },
} as const;
const columnNames = Object.keys(columns) as (keyof typeof columns)[];

function Forms({ view }: { readonly view: SupportView }) {
  const words = useWords();
  const { t, language } = words;
  return (
    <section aria-labelledby="by-form">
      <h2 id="by-form">{t('reports.support.byForm')}</h2>
      <Scrolling label={t('reports.support.byForm')}>
        <table>
          <caption class="hidden">{t('reports.support.byForm')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('reports.support.form')}</th>
              {columnNames.map((column) => (
                <th scope="col" class="numeric" key={column}>
                  {t(`reports.support.${column === 'running' ? runningOn(view) : column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.forms.map((form) => (
              <tr key={form.code}>
                <th scope="row">
                  <a
                    href={addressOf(language, {
                      page: 'support',
                      query: { ...without(view.address), form: form.code ?? '' },
                    })}
                  >
                    {words.code('kind', form.code ?? '')}
                  </a>
                </th>
                {columnNames.map((column) => (
                  <td class="numeric" key={column}>
                    <Count
                      count={form[column]}
                      href={rowsBehind(view, { form: form.code ?? '', ...columns[column] }, language)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

function Items({ view: { lines, address, organisations } }: { readonly view: SupportView }) {
  const words = useWords();
  const { t } = words;
  const heads = [
    { text: t('reports.asset') },
    { text: t('reports.date') },
    { text: t('reports.support.what') },
    { text: t('reports.support.howMuch') },
    { text: t('reports.support.status') },
  ];
  return (
    <ListTable caption={t('reports.support.listCaption')} heads={heads}>
      {lines.map((line) => {
        const { id, type, form, supporter, needed, measure, status, deliveredMillionths } = line;
        const named = supporter ?? needed;
        const span = type === 'pledge' ? spanInWords(line.from, line.until, words) : undefined;
        return (
          <tr role="row" key={id}>
            <AssetCell line={line} part="support" moment={asOf(address)} />
            <DateCell
              on={line.occurredOn}
              asset={line.asset}
              entry={id}
              source={line.provenance}
              moment={asOf(address)}
            />
            <Cell>
              {words.code('supportType', type)}:{' '}
              {named === null ? (
                <NotRecorded />
              ) : supporter === null ? (
                <Original>{named}</Original>
              ) : (
                <Party name={named} organisations={organisations} />
              )}
              <span class="beside">{words.code('kind', form)}</span>
            </Cell>
            <Cell>
              {measureInWords(form, measure, words)}
              {deliveredMillionths > 0n && (
                <span class="beside">
                  {t('reports.support.given')}: {deliveredInWords(form, deliveredMillionths, measure.unit, words)}
                </span>
              )}
              {span !== undefined && <span class="beside">{span}</span>}
              {type === 'need' && line.until !== null && (
                <span class="beside">{t('reports.support.by', { day: words.day(line.until) })}</span>
              )}
            </Cell>
            <Cell>
              <span class={`tag tag-${status}`}>{words.code('supportStatus', status)}</span>
              {type === 'need' && status === 'open' && address.asOf === undefined && (
                <span class="beside">
                  <HelpLink asset={line.asset} need={id} title={needed} />
                </span>
              )}
            </Cell>
          </tr>
        );
      })}
    </ListTable>
  );
}
