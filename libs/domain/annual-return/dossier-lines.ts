import type { Entry } from '../asset/act';
import type { Asset } from '../asset/asset';
import { latestDates } from '../asset/history';
import type { History } from '../asset/history';
import { assetsAlong } from '../asset/dossier';
import { moneyTrail, stagesMoved } from '../asset/money-trail';
import type { MoneyLine } from '../asset/money-trail';
import { peopleParts } from '../asset/use-statement';
import type { ReturnCode } from './items';
import { yearIn } from './lines';
import type { ReturnLine, StockChange } from './lines';

/** What a dossier tells the annual return. */
export interface DossierReturn {
  readonly lines: readonly ReturnLine[];
  /** In the order of the years. */
  readonly stock: readonly StockChange[];
}

type Told = Pick<ReturnLine, 'item' | 'part' | 'money' | 'people'>;
type Money = { readonly minor: number; readonly currency: string };

/** What an item says of an entry: the asset as it stood before it and after it. */
type Teller = (entry: Entry, before: Asset | undefined, after: Asset) => Told;

const text = ({ data }: Entry, name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : '';
};
const kindOf = ({ data }: Entry, name: string): string => (data[name] as { kind?: string } | undefined)?.kind ?? '';
const moneyOf = ({ data }: Entry, name: string): Money | null => (data[name] as Money | undefined) ?? null;

const counted =
  (item: ReturnCode, part: (entry: Entry) => string = () => ''): Teller =>
  (entry) => ({ item, part: part(entry) });
const byField = (item: ReturnCode, field: string): Teller => counted(item, (entry) => text(entry, field));

/** The items that follow from a single entry, by its type. What is not here counts in none, or is told apart below. */
const tellers: Readonly<Record<string, Teller>> = {
  AssetSeized: (entry) => ({ item: 'seizures', part: '', money: moneyOf(entry, 'estimatedValue') }),
  SeizureRevoked: byField('seizures-revoked', 'extent'),
  ConfiscationOrdered: byField('confiscations-ordered', 'instance'),
  ConfiscationBecameFinal: (_, __, after) => ({
    item: 'confiscations-final',
    part: '',
    money: after.description.estimatedValue ?? null,
  }),
  ConfiscationRevoked: byField('confiscations-revoked', 'extent'),
  AssetReturnedToOwner: counted('returned-to-owner'),
  InterlocutorySaleAuthorised: counted('interlocutory-sales-authorised'),
  ProvisionalUseGranted: byField('provisional-uses-granted', 'purpose'),
  DestinationDecided: byField('destined', 'purpose'),
  DestinationRevoked: byField('destinations-revoked', 'reason'),
  AssetTransferred: counted('transferred', (entry) => kindOf(entry, 'to')),
  AssetSold: (entry, before) => ({
    item: 'sold',
    part: before?.final ? 'after-final' : 'before-final',
    money: moneyOf(entry, 'price'),
  }),
  ProceedsAllocated: (entry) => ({ item: 'proceeds', part: text(entry, 'purpose'), money: moneyOf(entry, 'amount') }),
  AssetDestroyed: byField('destroyed', 'cause'),
  VictimsCompensated: (entry) => ({
    item: 'victims-compensated',
    part: '',
    money: moneyOf(entry, 'amount'),
    people: (entry.data.victims as number | undefined) ?? null,
  }),
  AgreementSigned: counted('agreements-signed'),
  AgreementRenewed: counted('agreements-renewed'),
  AgreementTerminated: counted('agreements-ended', (entry) => {
    const cause = text(entry, 'cause');
    return cause === 'revoked' ? `revoked-${text(entry, 'reason') || 'other'}` : cause;
  }),
  UseStarted: counted('uses-started'),
};

/**
 * What a history tells the annual return: nothing where its seizure was annulled. An entry counts in the year it happened in, however late it was written down; one without a
 * date counts in no year. How the asset stands at the end of a year asks for the latest day on which each entry can have happened, as the register does. `along` is the asset after each
 * entry, for a caller that has it.
 */
export function dossierReturn(history: History, timeZone: string, along = assetsAlong(history)): DossierReturn {
  const days = latestDates(history, timeZone);
  const lines: ReturnLine[] = [];
  const stock: StockChange[] = [];
  let asset: Asset | undefined;
  let stood: string | undefined;
  for (const [place, entry] of history.entries()) {
    const before = asset;
    asset = along[place];
    if (!asset) continue;
    const told = tellers[entry.type]?.(entry, before, asset);
    // What stands behind a seizure is the first one alone.
    if (told && (entry.type !== 'AssetSeized' || !before)) lines.push(dated(entry, told));
    const year = yearIn(days[place]);
    if (asset.phase === stood || yearIn(days[place + 1]) === year) continue;
    if (stood !== undefined) stock.push({ year, phase: stood, assets: -1 });
    stock.push({ year, phase: asset.phase, assets: 1 });
    stood = asset.phase;
  }
  if (!asset) return { lines: [], stock: [] };
  return { lines: [...lines, ...moneyLines(history), ...deliveries(history), ...beneficiaries(history)], stock };
}

const dated = ({ id, occurredOn }: Entry, told: Told): ReturnLine => ({
  ...told,
  entry: id,
  on: occurredOn,
  year: yearIn(occurredOn),
});

const stages = { 'money-allocated': 'allocated', 'money-committed': 'committed', 'money-paid': 'paid' } as const;

/** Public money: what each movement adds to a stage, or takes from it. */
function moneyLines(history: History): ReturnLine[] {
  if (!history.some(({ type }) => type === 'FundsAllocated')) return [];
  return moneyTrail(history).lines.flatMap((line: MoneyLine) => {
    const moved = stagesMoved(line);
    return Object.entries(stages).flatMap(([item, stage]): ReturnLine[] =>
      moved[stage] === 0
        ? []
        : [
            {
              item: item as keyof typeof stages,
              part: line.source ?? '',
              entry: line.entry,
              on: line.occurredOn,
              year: yearIn(line.occurredOn),
              money: { minor: moved[stage], currency: line.currency },
            },
          ],
    );
  });
}

/** Private support by the sort that was pledged; what is not money is counted and not added up. */
function deliveries(history: History): ReturnLine[] {
  return history
    .filter(({ type }) => type === 'SupportDelivered')
    .map((entry) => {
      const pledge = history.find(({ id }) => id === entry.data.pledge);
      return dated(entry, {
        item: 'support-delivered',
        part: pledge ? text(pledge, 'kind') : '',
        money: moneyOf(entry, 'amount'),
      });
    });
}

/** Reports count in the year in which their period ends; each part over those that counted it. */
function beneficiaries(history: History): ReturnLine[] {
  return history
    .filter(({ type }) => type === 'ActivityReported')
    .flatMap((entry) => {
      const counts = (entry.data.beneficiaries ?? {}) as Readonly<Record<string, number | undefined>>;
      return peopleParts.map((part) => ({
        ...dated(entry, { item: 'beneficiaries', part, people: counts[part] ?? null }),
        year: yearIn(text(entry, 'to')),
      }));
    });
}
