import { streamParts, returnItem } from '#domain';
import type { ReturnFigure } from '#domain';
import { addressOf, civicLists } from '../addresses';
import type { CivicList } from '../addresses';
import { AssetName } from '../elements/asset-title';
import { Day } from '../elements/dates';
import { PageLinks } from '../elements/page-links';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Page } from '../layout/page';
import { Cell, ListTable } from '../reports/list-parts';
import { ReportNav } from '../reports/frame';
import { Sources } from './section';
import { returnData } from './annual-returns-page';
import { partHeading, partName } from './words';
import type { ReturnEntryLine, ReturnItemView } from './view';

/** What lies behind one figure: what is counted, how it divides, and every entry. */
export function ReturnItemPage({ view, origin }: { readonly view: ReturnItemView; readonly origin: string }) {
  const words = useWords();
  const { t, language } = words;
  const { year, item, address, now, next, position } = view;
  const { part = null } = address;
  const name = t(`annualReturn.item.${item}.name`);
  const chosen = [
    ...(part === null ? [] : [partName(item, part, words)]),
    ...(address.region === undefined ? [] : [view.regions.get(address.region) ?? address.region]),
    ...(address.kind === undefined ? [] : [words.code('kind', address.kind)]),
  ];
  const title = words.row([name, ...chosen, year]);
  const at = (query: ReturnItemView['address']): string =>
    addressOf(language, { page: 'annual-return', year, item, query });
  const figure = now.figures.find((each) => each.item === item && each.part === part);
  return (
    <Page
      title={title}
      here={{ page: 'annual-return', year, item, query: address }}
      origin={origin}
      position={position}
      data={returnData(year)}
      indexed={Object.keys(address).length === 0}
    >
      <div class="wide report annual-return">
        <ReportNav page="annual-return" />
        <p>
          <a href={addressOf(language, { page: 'annual-return', year })}>{t('annualReturn.titleOf', { year })}</a>
        </p>
        <h1>{title}</h1>
        <p class="lead">{t(`annualReturn.item.${item}.counts`)}</p>
        <Sources of={returnItem(item).answers} />
        <p class="quiet">{t('annualReturn.behindNow')}</p>
        {figure && <Divided view={view} figure={figure} at={at} />}
        <section aria-labelledby="list">
          <h2 id="list">{t('annualReturn.entriesBehind')}</h2>
          {view.lines.length === 0 ? (
            <div class="empty">
              <p>{t('reports.emptyFiltered')}</p>
            </div>
          ) : (
            <Lines view={view} />
          )}
          <PageLinks
            next={next}
            previous={undefined}
            cursor={address.cursor}
            at={(cursor) => at({ ...without(address), ...(cursor !== undefined && { cursor }) })}
          />
        </section>
      </div>
    </Page>
  );
}

const without = ({ cursor: _, ...address }: ReturnItemView['address']): ReturnItemView['address'] => address;

interface DividedProps {
  readonly view: ReturnItemView;
  readonly figure: ReturnFigure;
  readonly at: (query: ReturnItemView['address']) => string;
}

/** The entries of an item by region and by kind of asset; each number leads to the entries it counts. */
function Divided({ view, figure, at }: DividedProps) {
  const words = useWords();
  const { t } = words;
  if (figure.assets === null || view.address.region !== undefined || view.address.kind !== undefined) return null;
  const tables = [
    { by: 'region', counts: figure.byRegion, name: (code: string) => view.regions.get(code) ?? code },
    { by: 'kind', counts: figure.byKind, name: (code: string) => words.code('kind', code) },
  ] as const;
  return (
    <div class="report-pair">
      {tables.map(({ by, counts, name }) => (
        <section key={by} aria-labelledby={`by-${by}`}>
          <h2 id={`by-${by}`}>{t(`annualReturn.by.${by}`)}</h2>
          <Scrolling label={t(`annualReturn.by.${by}`)}>
            <table>
              <caption class="hidden">{t(`annualReturn.by.${by}`)}</caption>
              <thead>
                <tr>
                  <th scope="col">{t(`reports.filter.${by}`)}</th>
                  <th scope="col" class="numeric">
                    {t('annualReturn.entries')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {Object.entries(counts).map(([code, count]) => (
                  <tr key={code}>
                    <th scope="row">{code === '' ? t('indicators.noArea') : name(code)}</th>
                    <td class="numeric">
                      {code === '' ? (
                        words.number(count)
                      ) : (
                        <a href={at({ ...without(view.address), [by]: code })}>{words.number(count)}</a>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolling>
        </section>
      ))}
    </div>
  );
}

function Lines({ view: { item, lines } }: { readonly view: ReturnItemView }) {
  const words = useWords();
  const { t } = words;
  const { money, people, parts } = returnItem(item);
  const heads = [
    { text: t('annualReturn.where') },
    { text: t('reports.date') },
    ...(parts ? [{ text: partHeading(item, words) }] : []),
    ...((money ?? people) ? [{ text: t('annualReturn.value'), numeric: true }] : []),
  ];
  return (
    <ListTable caption={t('annualReturn.entriesBehind')} heads={heads}>
      {lines.map((line) => (
        <tr role="row" key={`${line.entry}${line.part}`}>
          <Where line={line} />
          <td role="cell" class="since">
            <a href={entryAddress(line, words)}>{line.on === null ? t('reports.noDate') : <Day date={line.on} />}</a>
          </td>
          {parts && <Cell label={partHeading(item, words)}>{partName(item, line.part, words)}</Cell>}
          {(money ?? people) && (
            <Cell label={t('annualReturn.value')} numeric>
              {valueOf(line, words)}
            </Cell>
          )}
        </tr>
      ))}
    </ListTable>
  );
}

function valueOf({ money, people }: ReturnEntryLine, words: Words): string {
  const said = [
    ...(money ? [words.money(money)] : []),
    ...(people === null ? [] : [words.t('annualReturn.people', { count: people })]),
  ];
  return said.length === 0 ? words.t('annualReturn.notKnown') : said.join('; ');
}

function Where({ line }: { readonly line: ReturnEntryLine }) {
  const words = useWords();
  const { asset } = line;
  if (asset) {
    const place = asset.location.region?.name;
    return (
      <th role="rowheader" scope="row">
        <a href={addressOf(words.language, { page: 'asset', id: asset.asset })}>
          <AssetName described={asset} words={words} />
        </a>
        {place && <span class="beside">{place}</span>}
      </th>
    );
  }
  const { list, id } = civicOf(line);
  return (
    <th role="rowheader" scope="row">
      <a href={addressOf(words.language, { page: 'civic', list, id })}>
        {words.t(`civic.${list}.nav`)} {id}
      </a>
    </th>
  );
}

/** The entry in the timeline of its asset, or the page of what it belongs to. */
function entryAddress(line: ReturnEntryLine, { language }: Words): string {
  if (line.asset) return `${addressOf(language, { page: 'asset', id: line.asset.asset })}#${line.entry}`;
  return addressOf(language, { page: 'civic', ...civicOf(line) });
}

function civicOf({ stream }: ReturnEntryLine): { readonly list: CivicList; readonly id: string } {
  const { kind = 'call', id = '' } = streamParts(stream) ?? {};
  return { list: civicLists.find((list) => list === `${kind}s`) ?? 'calls', id };
}
