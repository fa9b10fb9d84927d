import { idFrom, isReturnCode, returnItem } from '#domain';
import type { ReturnCode, ReturnFigures, UndatedStock } from '#domain';
import { failed } from '#http';
import { figuresOfYear, firstReturnYear, positionOf, undatedStock } from '#read-models';
import { KeptAnswers } from '../../kept-answers';
import type { Kept } from '../../kept-answers';
import type { Reading } from '../../reading';
import { askedOnce } from '../reports/asked';

const kept = new WeakMap<Reading, KeptAnswers<ReturnFigures>>();

/** The years of which there is a return, the latest first: from the first of which anything is known up to the one that is running. Throws NotBuiltYet. */
export async function returnYears(reading: Reading): Promise<string[]> {
  const first = await firstReturnYear(reading.database);
  const last = Number(reading.today().slice(0, 4));
  if (first === undefined) return [];
  return Array.from({ length: Math.max(0, last - Number(first) + 1) }, (_, back) => String(last - back));
}

/** The figures of a year as they are known, counted anew only where something was written since. Throws NotBuiltYet. */
export async function figuresKept(reading: Reading, year: string): Promise<Kept<ReturnFigures>> {
  const answers = kept.get(reading) ?? new KeptAnswers<ReturnFigures>();
  kept.set(reading, answers);
  const position = await positionOf(reading.database);
  return answers.to(year, position, async () => (await figuresOfYear(reading.database, year)).figures, position);
}

/** The year of an address, which may name the return by its id too. Throws RequestFailed where there is no return of it, and NotBuiltYet. */
export async function yearAsked(reading: Reading, year: string): Promise<string> {
  const years = await returnYears(reading);
  const found = years.find((each) => each === year || idFrom('return', reading.profile.country, 'year', each) === year);
  if (found !== undefined) return found;
  const known = years.length === 0 ? 'There is none yet.' : `There is one for each year from ${years.at(-1)} to ${years[0]}.`;
  throw failed('not-found', `There is no annual return of "${year}". ${known}`);
} // prettier-ignore

/** The item of an address, and the part of it. Throws RequestFailed. */
export function itemAsked(item: string, part: string | undefined): ReturnCode {
  // How assets stand is told by the register, and not by entries of a year.
  if (!isReturnCode(item) || returnItem(item).counts === 'stock')
    throw failed('not-found', `The annual return has no entries behind "${item}".`);
  const parts = returnItem(item).parts ?? [];
  if (part !== undefined && !parts.includes(part))
    throw failed('malformed-request', `"${item}" has no part "${part}".`, {
      errors: [{ pointer: '/part', detail: parts.length === 0 ? 'Leave it out.' : `Use one of: ${parts.join(', ')}` }],
    });
  return item;
}

/** What the stock at the end of a year leaves out for lack of a date, as is known now; null for a year that is running, whose stock is that of now. Throws NotBuiltYet. */
export async function stockUndated(reading: Reading, { year, figures }: ReturnFigures): Promise<UndatedStock | null> {
  const last = `${year}-12-31`;
  if (last >= reading.today()) return null;
  const counted = figures.filter(({ item }) => item === 'stock').reduce((sum, { assets }) => sum + (assets ?? 0), 0);
  return askedOnce(reading, ['undated stock', year], () => undatedStock(reading.database, last, counted));
}
