import type { MoneyTrail, Statement, TracedAllocation, TracedWorks } from '#domain';
import { stagesOf } from '#domain';
import { Original } from '../../elements/original';
import { Scrolling } from '../../elements/scrolling';
import { useWords } from '../../language/speaking';
import { Cell, ListTable } from '../../reports/list-parts';
import { MoneyBar } from '../../reports/money-bar';
import { EntryDay, EntryLink } from './entry-link';
import type { PlaceOf } from './entry-link';
import { Movements } from './movements';

interface MoneyProps {
  readonly trail: MoneyTrail;
  readonly places: PlaceOf;
}

/** Where public money went: per currency a statement that sums to zero, the commitments, and every movement. */
export function MoneySection({ trail, places }: MoneyProps) {
  const { t } = useWords();
  const { statements, allocations, works, lines } = trail;
  return (
    <section class="chapter" aria-labelledby="money">
      <h2 id="money">{t('reports.money.section')}</h2>
      {statements.map((statement) => (
        <Account
          key={statement.currency}
          statement={statement}
          allocations={allocations.filter(({ currency }) => currency === statement.currency)}
          places={places}
        />
      ))}
      {allocations.some(({ commitments }) => commitments.length > 0) ? (
        <Commitments allocations={allocations} places={places} />
      ) : (
        <p class="quiet">{t('reports.money.noCommitments')}</p>
      )}
      {works.length > 0 && <Works works={works} places={places} />}
      <details>
        <summary>{t('reports.money.all', { count: lines.length })}</summary>
        <Movements lines={lines} places={places} />
      </details>
    </section>
  );
}

interface AccountProps {
  readonly statement: Statement;
  readonly allocations: readonly TracedAllocation[];
  readonly places: PlaceOf;
}

/** What came in, where it is, and that nothing is left over. */
function Account({ statement: { currency, balances }, allocations, places }: AccountProps) {
  const words = useWords();
  const { t } = words;
  const column = [...allocations.map(({ allocated }) => allocated), ...Object.values(balances)];
  const said = words.moneyColumn(column.map((minor) => ({ minor, currency })));
  const money = (minor: number): string => said({ minor, currency });
  const out = [
    ['paidOut', balances.paid],
    ['approvedLeft', balances.approved],
    ['committedLeft', balances.committed],
    ['available', balances.available],
  ] as const;
  const held = out.reduce((sum, [, minor]) => sum + minor, 0);
  const title = t('reports.money.statement', { currency });
  return (
    <div class="account">
      <h3>{title}</h3>
      <p class="quiet">{t('reports.money.statementLead')}</p>
      <MoneyBar stages={stagesOf(balances)} />
      <Scrolling label={title}>
        <table class="statement">
          <caption class="hidden">{title}</caption>
          <tbody>
            {allocations.map((allocation) => (
              <tr key={allocation.id}>
                <th scope="row">
                  <EntryLink entry={allocation.id} places={places}>
                    {t('reports.money.in', { source: words.code('source', allocation.source) })}
                  </EntryLink>
                  {allocation.programme !== null && (
                    <span class="beside">
                      <Original>{allocation.programme}</Original>
                    </span>
                  )}
                </th>
                <td class="numeric">{money(allocation.allocated)}</td>
              </tr>
            ))}
            <tr class="subtotal">
              <th scope="row">{t('reports.money.allocated')}</th>
              <td class="numeric">{money(0 - balances.funding)}</td>
            </tr>
            {out.map(([name, minor]) => (
              <tr key={name}>
                <th scope="row">
                  <span class={`key key-${name}`} aria-hidden="true" />
                  {t(`reports.money.${name}`)}
                </th>
                <td class="numeric">{minor === 0 ? money(0) : money(-minor)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('reports.money.difference')}</th>
              <td class="numeric">{money(0 - balances.funding - held)}</td>
            </tr>
          </tfoot>
        </table>
      </Scrolling>
    </div>
  );
}

function Commitments({ allocations, places }: Pick<AccountProps, 'allocations' | 'places'>) {
  const words = useWords();
  const { t } = words;
  const inColumn = (stage: 'committed' | 'paid') =>
    words.moneyColumn(
      allocations.flatMap(({ commitments, currency }) =>
        commitments.map((commitment) => ({ minor: commitment[stage], currency })),
      ),
    );
  const [committedSaid, paidSaid] = [inColumn('committed'), inColumn('paid')];
  const contracted = t('reports.money.contract');
  const committedHead = t('reports.money.committed');
  const paidHead = t('reports.money.paid');
  return (
    <>
      <h3>{t('reports.money.commitments')}</h3>
      <ListTable
        caption={t('reports.money.commitments')}
        heads={[
          { text: t('reports.money.supplier') },
          { text: contracted },
          { text: committedHead, numeric: true },
          { text: paidHead, numeric: true },
        ]}
      >
        {allocations.flatMap(({ commitments, currency }) =>
          commitments.map(({ id, supplier, contract, subject, procedure, committed, paid, on }) => (
            <tr key={id} role="row">
              <th role="rowheader" scope="row">
                <Original>{supplier.name}</Original>
                {subject !== null && (
                  <span class="beside">
                    <Original>{subject}</Original>
                  </span>
                )}
              </th>
              <Cell label={contracted}>
                {contract}
                <span class="beside">
                  {words.code('procedure', procedure)}
                  {words.comma}
                  <EntryDay entry={id} on={on} places={places} />
                </span>
              </Cell>
              <Cell label={committedHead} numeric>
                {committedSaid({ minor: committed, currency })}
              </Cell>
              <Cell label={paidHead} numeric>
                {paidSaid({ minor: paid, currency })}
              </Cell>
            </tr>
          )),
        )}
      </ListTable>
    </>
  );
}

function Works({ works, places }: { readonly works: readonly TracedWorks[]; readonly places: PlaceOf }) {
  const words = useWords();
  const { t } = words;
  const day = (on: string | null): string => (on === null ? t('reports.noDate') : words.day(on));
  return (
    <>
      <h3>{t('reports.money.works')}</h3>
      <ul class="plain">
        {works.map(({ id, title, startedOn, completed }) => (
          <li key={id}>
            <EntryLink entry={id} places={places}>
              <Original>{title}</Original>
            </EntryLink>
            :{' '}
            {completed
              ? t('reports.money.worksSpan', { from: day(startedOn), to: day(completed.on) })
              : words.row([t('reports.money.worksFrom', { from: day(startedOn) }), t('reports.money.worksOpen')])}
          </li>
        ))}
      </ul>
    </>
  );
}
