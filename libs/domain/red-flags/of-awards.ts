import type { LegalDate } from '../event';
import { daysBetween } from '../legal-date';
import { flag, flagThresholds } from './red-flag';
import type { RedFlag } from './red-flag';

/** An award of a call as the public may know it. */
export interface Award {
  readonly call: string;
  /** The agency that published the call. */
  readonly authority: string;
  /** Who won. */
  readonly organisation: string;
  /** The entry of the award. */
  readonly entry: string;
  readonly on: LegalDate;
}

/**
 * Awards with which one organisation has won at least so many of the last awards of one authority, and at least such a share of them: those of the days up to
 * it, the award itself included. Awards of one day count in the order in which they were recorded, which is that of the list. Pure.
 */
export function repeatedWinners<Known extends Award>(awards: readonly Known[]): { award: Known; flag: RedFlag }[] {
  return [...groupedBy(awards, ({ authority }) => authority).values()].flatMap((own) =>
    ofOneAuthority(own.toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))),
  );
}

const { winnerWithinDays, winnerAwards, winnerPercent } = flagThresholds;

/** The period an award falls into. All that count beside one lie in its period and in the one before it. */
export const awardPeriod = (on: LegalDate): number => Math.floor(daysBetween('1970-01-01', on) / winnerWithinDays);

/** Goes through them once, from the earliest to the latest, with those of the period behind each. */
function ofOneAuthority<Known extends Award>(awards: readonly Known[]): { award: Known; flag: RedFlag }[] {
  const won = new Map<string, number>();
  const count = ({ organisation }: Award, by: number) => won.set(organisation, (won.get(organisation) ?? 0) + by);
  let first = 0;
  return awards.flatMap((award, place) => {
    count(award, 1);
    for (; daysBetween(awards[first]!.on, award.on) > winnerWithinDays; first += 1) count(awards[first]!, -1);
    const [own, all] = [won.get(award.organisation) ?? 0, place - first + 1];
    if (own < winnerAwards || own * 100 < all * winnerPercent) return [];
    const { entry: id, on: occurredOn, organisation, authority } = award;
    const more = { measure: own, outOf: all, organisation, authority };
    return [{ award, flag: flag('same-winner', { id, occurredOn }, more) }];
  });
}

function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(key(item));
    if (known) known.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
