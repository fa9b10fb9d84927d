import type { MoneyLine } from '#domain';
import { Original } from '../../elements/original';
import { Scrolling } from '../../elements/scrolling';
import { useWords } from '../../language/speaking';
import { signed } from '../../reports/signed';
import { EntryDay } from './entry-link';
import type { PlaceOf } from './entry-link';

interface MovementsProps {
  readonly lines: readonly MoneyLine[];
  readonly places: PlaceOf;
}

/** Every movement of an asset's public money, in the order in which things happened, with the balances after it. */
export function Movements({ lines, places }: MovementsProps) {
  const words = useWords();
  const { t } = words;
  const columns = ['available', 'committed', 'approved', 'paid'] as const;
  const heads = { available: 'free', committed: 'committedLeft', approved: 'approvedLeft', paid: 'paid' } as const;
  const moved = words.moneyColumn(lines);
  const balance = Object.fromEntries(
    columns.map((account) => [
      account,
      words.moneyColumn(lines.map(({ after, currency }) => ({ minor: after[account], currency }))),
    ]),
  );
  return (
    <Scrolling label={t('reports.money.movements')}>
      <table>
        <caption class="hidden">{t('reports.money.movements')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.date')}</th>
            <th scope="col">{t('reports.money.what')}</th>
            <th scope="col" class="numeric">
              {t('reports.money.amount')}
            </th>
            {columns.map((account) => (
              <th scope="col" class="numeric" key={account}>
                {t(`reports.money.${heads[account]}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ entry, type, occurredOn, source, supplier, minor, currency, after }) => (
            <tr key={entry}>
              <td>
                <EntryDay entry={entry} on={occurredOn} places={places} />
              </td>
              <th scope="row">
                {words.code('movement', type)}
                <span class="beside">
                  {supplier ? <Original>{supplier.name}</Original> : source !== null && words.code('source', source)}
                </span>
              </th>
              <td class="numeric">{moved(signed(type, { minor, currency }))}</td>
              {columns.map((account) => (
                <td class="numeric" key={account}>
                  {balance[account]?.({ minor: after[account], currency })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
