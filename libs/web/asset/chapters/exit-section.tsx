import type { Compensation, SaleStatement } from '#domain';
import { Original } from '../../elements/original';
import { Scrolling } from '../../elements/scrolling';
import { useWords } from '../../language/speaking';
import { EntryDay, EntryLink } from './entry-link';
import type { PlaceOf } from './entry-link';

interface ExitProps {
  readonly sale: SaleStatement | undefined;
  readonly paid: readonly Compensation[];
  readonly places: PlaceOf;
}

/** The sale, what the price is for, and what reached victims. */
export function ExitSection({ sale, paid, places }: ExitProps) {
  const words = useWords();
  const { t } = words;
  return (
    <section class="chapter" aria-labelledby="exit">
      <h2 id="exit">{t('reports.exit.section')}</h2>
      {sale && <Sale sale={sale} places={places} />}
      {paid.length > 0 && (
        <ul class="plain">
          {paid.map(({ id, on, victims, ...money }) => (
            <li key={id}>
              <EntryDay entry={id} on={on} places={places} />:{' '}
              {victims === null
                ? t('reports.exit.compensated', { amount: words.money(money) })
                : t('reports.exit.compensatedPeople', { amount: words.money(money), count: victims })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Sale({ sale, places }: { readonly sale: SaleStatement; readonly places: PlaceOf }) {
  const words = useWords();
  const { t } = words;
  const { entry, on, price, currency, procedure, buyer, proceeds, withoutPurpose } = sale;
  const money = (minor: number): string => words.money({ minor, currency });
  const column = words.moneyColumn(
    [...proceeds.map(({ minor }) => minor), withoutPurpose, price].map((minor) => ({ minor, currency })),
  );
  const said = { price: money(price), procedure: words.code('procedure', procedure) };
  return (
    <>
      <p>
        <EntryLink entry={entry} places={places}>
          {on === null ? t('reports.exit.soldUndated', said) : t('reports.exit.sold', { ...said, day: words.day(on) })}
        </EntryLink>{' '}
        {buyer ? t('reports.exit.buyer', { name: buyer.name }) : t('reports.exit.privateBuyer')}
      </p>
      <Scrolling label={t('reports.exit.purpose')}>
        <table class="statement">
          <caption>{t('reports.exit.purpose')}</caption>
          <tbody>
            {proceeds.map(({ id, purpose, recipient, minor, paidOut }) => (
              <tr key={id}>
                <th scope="row">
                  <EntryLink entry={id} places={places}>
                    {words.code('purpose', purpose)}
                  </EntryLink>
                  {recipient !== null && (
                    <span class="beside">
                      <Original>{recipient}</Original>
                    </span>
                  )}
                  {paidOut > 0 && <span class="beside">{t('reports.exit.victims', { amount: money(paidOut) })}</span>}
                </th>
                <td class="numeric">{column({ minor, currency })}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('reports.exit.withoutPurpose')}</th>
              <td class="numeric">{column({ minor: withoutPurpose, currency })}</td>
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('reports.exit.price')}</th>
              <td class="numeric">{column({ minor: price, currency })}</td>
            </tr>
          </tfoot>
        </table>
      </Scrolling>
    </>
  );
}
