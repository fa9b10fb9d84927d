import { returnItem } from '#domain';
import type { ReturnFigure, ReturnFigures } from '#domain';
import { decimal } from '#web';
import { minorDigits } from '../resources';

export const returnColumns = [
  'year', 'section', 'item', 'part', 'entries', 'assets', 'amount', 'currency', 'valued', 'people', 'counted',
] as const; // prettier-ignore
type Column = (typeof returnColumns)[number];
export type ReturnRow = Readonly<Record<Column, string | number | null>>;

const nothing = {
  entries: null,
  assets: null,
  amount: null,
  currency: null,
  valued: null,
  people: null,
  counted: null,
};

/** The figures of a year as rows of a table: a row of counts for each figure, and one for each currency of its money. */
export const returnRows = ({ year, figures }: ReturnFigures): ReturnRow[] =>
  figures.flatMap((figure) => rowsOf(year, figure));

function rowsOf(year: string, { item, part, entries, assets, money = [], people }: ReturnFigure): ReturnRow[] {
  const named = { ...nothing, year, section: returnItem(item).section, item, part };
  const counts = {
    ...named,
    entries,
    assets,
    ...(people && { people: people.sum, counted: people.entries }),
  };
  return [
    counts,
    ...money.map(({ currency, minor, entries: valued }) => ({
      ...named,
      amount: decimal(BigInt(minor), minorDigits(currency)),
      currency,
      valued,
    })),
  ];
}
