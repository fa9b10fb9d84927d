import { addressOf } from '../addresses';
import { Original } from '../elements/original';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { ReportFrame, ReportList, asOf, codeOfPart, nothingIn, valueInWords, without } from './frame';
import { AssetCell, Cell, DateCell, ListTable, Party } from './list-parts';
import { MoneyBar, StagedBars } from './money-bar';
import { signed } from './signed';
import type { Division, MoneySum, MoneyView } from './view';

const titles = {
  source: 'bySource',
  year: 'byYear',
  region: 'byRegion',
  province: 'byProvince',
  municipality: 'byMunicipality',
  programme: 'byProgramme',
  supplier: 'bySupplier',
} as const;

/** The money trail: how far public money has come, by whom, from where and when, and every movement. */
export function MoneyPage({ view, origin }: { readonly view: MoneyView; readonly origin: string }) {
  const words = useWords();
  const { t } = words;
  const { totals, divisions, address } = view;
  return (
    <ReportFrame view={view} origin={origin} status={statusOf(view, words)}>
      {totals.map((total) => (
        <Figures key={total.currency} total={total} view={view} />
      ))}
      {address.year !== undefined && <p class="quiet">{t('reports.money.flows')}</p>}
      {address.supplier !== undefined && <p class="quiet">{t('reports.money.noAllocated')}</p>}
      {address.supplier !== undefined && view.organisations.has(address.supplier) && (
        <p>
          {t('reports.itsPage')} <Party name={address.supplier} organisations={view.organisations} />
        </p>
      )}
      <div class="report-pair">
        {divisions.map((division) => (
          <Divided key={division.by} division={division} view={view} />
        ))}
      </div>
      <ReportList view={view} title={t('reports.money.movements')}>
        <Movements view={view} />
      </ReportList>
    </ReportFrame>
  );
}

/** How much is set aside and paid, for each currency. */
function statusOf(view: MoneyView, words: Words): string {
  const { totals, address } = view;
  if (totals.length === 0) return nothingIn(view, words);
  const whole = address.supplier === undefined && address.year === undefined;
  return totals
    .map(({ allocated, committed, paid, currency, movements: count }) => {
      const share = whole && BigInt(allocated) > 0n;
      return words.t(share ? 'strip.money' : 'strip.moneyMoved', {
        count,
        allocated: exact(allocated, currency, words),
        committed: exact(committed, currency, words),
        paid: exact(paid, currency, words),
        share: share ? words.share(Number(BigInt(paid)) / Number(BigInt(allocated))) : '',
      });
    })
    .join(' ');
}

const exact = (digits: string, currency: string, words: Words): string =>
  words.money({ minor: BigInt(digits), currency });

const stagesIn = ({ allocated, committed, approved, paid }: MoneySum) => ({
  allocated: BigInt(allocated),
  committed: BigInt(committed),
  approved: BigInt(approved),
  paid: BigInt(paid),
});

function Figures({ total, view }: { readonly total: MoneySum; readonly view: MoneyView }) {
  const words = useWords();
  const { t } = words;
  const { currency } = total;
  const { allocated, committed, approved, paid } = stagesIn(total);
  const ofSupplier = view.address.supplier !== undefined;
  const share = (part: bigint): string | undefined =>
    allocated <= 0n || ofSupplier || view.address.year !== undefined
      ? undefined
      : t('reports.money.ofAllocated', { share: words.share(Number(part) / Number(allocated)) });
  const figures = [
    ...(ofSupplier ? [] : [['allocated', allocated, undefined, undefined] as const]),
    ['committed', committed, share(committed), undefined] as const,
    ['paid', paid, share(paid), 'paid'] as const,
    ['open', committed - paid, share(committed - paid), 'committed'] as const,
    ...(ofSupplier ? [] : [['free', allocated - committed, share(allocated - committed), 'available'] as const]),
  ];
  return (
    <section aria-label={words.row([t('reports.money.title'), currency])}>
      {!ofSupplier && <MoneyBar stages={{ allocated, committed, approved, paid }} />}
      <dl class="figures">
        {figures.map(([name, minor, beside, key]) => (
          <div key={name}>
            <dt>
              {key !== undefined && !ofSupplier && <span class={`key key-${key}`} aria-hidden="true" />}
              {t(`reports.money.${name}`)}
            </dt>
            <dd>
              {words.money({ minor, currency })} {beside !== undefined && <span class="beside">{beside}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{t('reports.money.count', { count: total.movements })}</p>
    </section>
  );
}

/** So many parts of a division are shown; the rest is reached by a filter. */
const SHOWN = 12;

function Divided({
  division: { by, parts },
  view,
}: {
  readonly division: Division<MoneySum>;
  readonly view: MoneyView;
}) {
  const words = useWords();
  const { t, language } = words;
  const title = t(`reports.money.${titles[by as keyof typeof titles]}`);
  // Years are few, and the latest is asked for most.
  const shown = by === 'year' ? parts : parts.slice(0, SHOWN);
  const nameOf = ({ code, name }: (typeof parts)[number]): string =>
    code === null
      ? t(by === 'programme' ? 'reports.money.noProgramme' : 'reports.notStated')
      : valueInWords('money', by, code, name ?? code, words);
  const currencies = new Set(parts.map(({ currency }) => currency));
  const inColumn = (stage: 'allocated' | 'committed' | 'paid') => {
    const amount = (part: MoneySum) => ({ minor: BigInt(part[stage]), currency: part.currency });
    const said = words.moneyColumn(shown.map(amount));
    return (part: MoneySum): string => said(amount(part));
  };
  const [allocated, committed, paid] = [inColumn('allocated'), inColumn('committed'), inColumn('paid')];
  return (
    <section aria-labelledby={`by-${by}`}>
      <h2 id={`by-${by}`}>{title}</h2>
      {currencies.size === 1 && (
        <StagedBars
          allocated={by !== 'supplier'}
          parts={shown.map((part) => ({
            label: nameOf(part),
            stages: stagesIn(part),
            text: by === 'supplier' ? committed(part) : allocated(part),
          }))}
        />
      )}
      <Scrolling label={title}>
        <table>
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t(`reports.filter.${by as keyof typeof titles}`)}</th>
              {by !== 'supplier' && (
                <th scope="col" class="numeric">
                  {t('reports.money.allocated')}
                </th>
              )}
              <th scope="col" class="numeric">
                {t('reports.money.committed')}
              </th>
              <th scope="col" class="numeric">
                {t('reports.money.paid')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((part) => (
              <tr key={`${part.code} ${part.currency}`}>
                <th scope="row">
                  {codeOfPart(by, part.code) === undefined ? (
                    <span class="quiet">{nameOf(part)}</span>
                  ) : (
                    <a
                      href={addressOf(language, {
                        page: 'money',
                        query: { ...without(view.address), [by]: codeOfPart(by, part.code) },
                      })}
                    >
                      {nameOf(part)}
                    </a>
                  )}
                </th>
                {by !== 'supplier' && <td class="numeric">{allocated(part)}</td>}
                <td class="numeric">{committed(part)}</td>
                <td class="numeric">{paid(part)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      {parts.length > shown.length && <p class="quiet">{t('reports.more')}</p>}
    </section>
  );
}

function Movements({ view: { lines, address, organisations } }: { readonly view: MoneyView }) {
  const words = useWords();
  const { t } = words;
  const heads = [
    { text: t('reports.asset') },
    { text: t('reports.date') },
    { text: t('reports.money.what') },
    { text: t('reports.money.who') },
    { text: t('reports.money.amount'), numeric: true },
  ];
  const said = words.moneyColumn(lines.map(({ amount }) => amount));
  return (
    <ListTable caption={t('reports.money.movementsCaption')} heads={heads}>
      {lines.map((line) => (
        <tr role="row" key={line.entry}>
          <AssetCell line={line} part="money" moment={asOf(address)} />
          <DateCell
            on={line.occurredOn}
            asset={line.asset}
            entry={line.entry}
            source={line.provenance}
            moment={asOf(address)}
          />
          <Cell>{words.code('movement', line.type)}</Cell>
          <Cell>
            {line.supplier === null ? (
              <>
                {line.source !== null && words.code('source', line.source)}
                {line.programme !== null && (
                  <span class="beside">
                    <Original>{line.programme}</Original>
                  </span>
                )}
              </>
            ) : (
              <Party name={line.supplier} organisations={organisations} />
            )}
          </Cell>
          <Cell numeric label={t('reports.money.amount')}>
            {said(signed(line.type, line.amount))}
          </Cell>
        </tr>
      ))}
    </ListTable>
  );
}
