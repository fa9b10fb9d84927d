import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import { SourceMark } from '../elements/source-tag';
import { AssetCell, Cell, DateCell, ListTable } from '../reports/list-parts';
import { signed } from '../reports/signed';
import { measureInWords } from '../reports/support-words';
import type { MoneyLineOfList, MoneySum, SupportLine, SupportSum } from '../reports/view';
import { Section } from './parts';

/** What an organisation was paid as a supplier and what it offered, by the name under which entries have it. */
export interface Dealings {
  readonly name: string;
  readonly asOf?: string;
  /** One for each currency. */
  readonly money: readonly MoneySum[];
  /** The latest movements. */
  readonly movements: readonly MoneyLineOfList[];
  readonly support: Pick<SupportSum, 'pledges' | 'accepted' | 'fulfilled' | 'money'>;
  /** The latest offers. */
  readonly offers: readonly SupportLine[];
}

/** Public money that went to an organisation, each movement leading to its asset. */
export function MoneyReceived({ dealings }: { readonly dealings: Dealings }) {
  const words = useWords();
  const { t, language } = words;
  const { name, asOf, money, movements } = dealings;
  const moment = asOf === undefined ? {} : { asOf };
  const all = addressOf(language, { page: 'money', query: { supplier: name, ...moment } });
  const said = words.moneyColumn(movements.map(({ amount }) => amount));
  return (
    <Section id="money" title={t('civic.organisations.moneyTitle')}>
      {money.length === 0 ? (
        <p class="quiet">{t('civic.organisations.moneyNone')}</p>
      ) : (
        <>
          {money.map(({ currency, committed, paid }) => (
            <p key={currency}>
              {t('civic.organisations.moneySum', {
                committed: words.money({ minor: BigInt(committed), currency }),
                paid: words.money({ minor: BigInt(paid), currency }),
              })}
            </p>
          ))}
          <p class="quiet">
            {t('civic.organisations.byName')}{' '}
            <a href={all}>
              {t('civic.organisations.allMovements', { count: money.reduce((sum, { movements: n }) => sum + n, 0) })}
            </a>
          </p>
          <ListTable
            caption={t('civic.organisations.moneyTitle')}
            heads={[
              { text: t('reports.asset') },
              { text: t('reports.date') },
              { text: t('reports.money.what') },
              { text: t('reports.money.amount'), numeric: true },
            ]}
          >
            {movements.map((line) => (
              <tr role="row" key={line.entry}>
                <AssetCell line={line} part="money" moment={moment} />
                <DateCell
                  on={line.occurredOn}
                  asset={line.asset}
                  entry={line.entry}
                  source={line.provenance}
                  moment={moment}
                />
                <Cell>{words.code('movement', line.type)}</Cell>
                <Cell numeric label={t('reports.money.amount')}>
                  {said(signed(line.type, line.amount))}
                </Cell>
              </tr>
            ))}
          </ListTable>
        </>
      )}
    </Section>
  );
}

/** What an organisation offered to assets; nothing where it offered none, for few do. */
export function SupportOffered({ dealings }: { readonly dealings: Dealings }) {
  const words = useWords();
  const { t, language } = words;
  const { name, asOf, support, offers } = dealings;
  if (support.pledges === 0) return null;
  const moment = asOf === undefined ? {} : { asOf };
  const all = addressOf(language, { page: 'support', query: { supporter: name, ...moment } });
  return (
    <Section id="support" title={t('civic.organisations.supportTitle')}>
      <p>
        {t('civic.organisations.supportSum', {
          count: support.pledges,
          accepted: support.accepted,
          given: support.fulfilled,
        })}
      </p>
      <p class="quiet">
        {t('civic.organisations.byName')} <a href={all}>{t('civic.organisations.allOffers')}</a>
      </p>
      <ListTable
        caption={t('civic.organisations.supportTitle')}
        heads={[
          { text: t('reports.asset') },
          { text: t('reports.date') },
          { text: t('reports.support.howMuch') },
          { text: t('reports.support.status') },
        ]}
      >
        {offers.map((line) => (
          <tr role="row" key={line.id}>
            <AssetCell line={line} part="support" moment={moment} />
            <DateCell on={line.occurredOn} asset={line.asset} entry={line.id} moment={moment} />
            <Cell>
              {words.code('kind', line.form)}: {measureInWords(line.form, line.measure, words)}
            </Cell>
            <Cell>
              <span class={`tag tag-${line.status}`}>{words.code('supportStatus', line.status)}</span>{' '}
              <SourceMark of={line.provenance} />
            </Cell>
          </tr>
        ))}
      </ListTable>
    </Section>
  );
}
