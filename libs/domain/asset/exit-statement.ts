import type { LegalDate } from '../event';
import { exactSum } from '../exact';
import type { DataOf } from '../schema/definition';
import type { Asset } from './asset';
import type { History } from './history';
import type { AssetSold, ProceedsAllocated, VictimsCompensated } from './exit';
import type { LegalPerson } from './references';

/** How the asset was sold and what became of the price: a statement in which the parts and what has no purpose yet are the price. */
export interface SaleStatement {
  readonly entry: string;
  readonly on: LegalDate | null;
  readonly price: number;
  readonly currency: string;
  readonly procedure: string;
  /** None where a natural person bought it. */
  readonly buyer: LegalPerson | null;
  readonly proceeds: readonly {
    readonly id: string;
    readonly on: LegalDate | null;
    readonly purpose: string;
    readonly recipient: string | null;
    readonly minor: number;
    /** How much of it has reached victims. */
    readonly paidOut: number;
  }[];
  /** What of the price has no purpose yet. */
  readonly withoutPurpose: number;
}

/** What was paid to victims. */
export interface Compensation {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly minor: number;
  readonly currency: string;
  readonly victims: number | null;
}

/** The sale of a history and of the asset it adds up to; undefined where there was none. */
export function saleStatement(history: History, { exit }: Pick<Asset, 'exit'>): SaleStatement | undefined {
  const sold = history.findLast(({ type }) => type === 'AssetSold');
  if (!exit?.sale || !sold) return undefined;
  const { procedure } = sold.data as DataOf<typeof AssetSold>;
  const { minor: price, currency, buyer } = exit.sale;
  const proceeds = exit.proceeds.map(({ id, purpose, minor, paidOut }) => {
    const entry = history.find((candidate) => candidate.id === id);
    const { recipient } = (entry?.data ?? {}) as Partial<DataOf<typeof ProceedsAllocated>>;
    return { id, on: entry?.occurredOn ?? null, purpose, recipient: recipient?.name ?? null, minor, paidOut };
  });
  const withoutPurpose = price - exactSum(proceeds.map(({ minor }) => minor));
  return {
    entry: sold.id,
    on: sold.occurredOn,
    price,
    currency,
    procedure,
    buyer: buyer ?? null,
    proceeds,
    withoutPurpose,
  };
}

/** What of the asset or its price reached victims. */
export const compensations = (history: History): Compensation[] =>
  history
    .filter(({ type }) => type === 'VictimsCompensated')
    .map(({ id, occurredOn, data }) => {
      const { amount, victims } = data as DataOf<typeof VictimsCompensated>;
      return { id, on: occurredOn, ...amount, victims: victims ?? null };
    });
