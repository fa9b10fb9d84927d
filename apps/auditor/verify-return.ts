import { RETURN_SCHEME, current, idFrom, italy, movedSince } from '#domain';
import type { AnnualReturnPrepared, DataOf, RecordedEvent, ReturnFigures } from '#domain';
import type { EventStore } from '#event-store';
import { returnsFromLog } from '#read-models';
import { canonicalDigest } from '#transparency-log';
import { WrongRequest } from './log';

/** What was found about a return. */
export interface VerifiedReturn {
  readonly year: string;
  /** The hash that was written down. */
  readonly digest: string;
  readonly position: number;
  /** Of how many public entries it was computed again. */
  readonly entries: number;
  readonly findings: readonly string[];
}

/**
 * Counts a published return again, or the one that was prepared last, from the log up to the position it names, and compares hash and figures. Throws WrongRequest where there is none, or where
 * this program counts otherwise than the one that wrote it down.
 */
export async function verifyReturn(store: EventStore, year: string, prepared = false): Promise<VerifiedReturn> {
  const { data } = await figuresIn(store, year, prepared);
  const { digest, position } = data;
  const published = data.figures as unknown as ReturnFigures;
  if (published.scheme !== RETURN_SCHEME)
    throw new WrongRequest(
      `The return of ${year} was computed by scheme ${published.scheme}; this program knows scheme ${RETURN_SCHEME}. Verify it with the version of the program that published it.`,
    );
  const { figures, entries } = await returnsFromLog(store, [year], italy, { until: position });
  const findings = findingsIn(published, digest, figures.get(year)!);
  return { year, digest, position, entries, findings };
}

function findingsIn(published: ReturnFigures, digest: string, counted: ReturnFigures): string[] {
  const moved = [...movedSince(published, counted)].map(([name, { entries, assets, people, money }]) => {
    const [item, part] = name.split('~');
    const by = [
      ...(entries === 0 ? [] : [`${signed(entries)} entries`]),
      ...(assets === 0 ? [] : [`${signed(assets)} assets`]),
      ...(people === 0 ? [] : [`${signed(people)} people`]),
      ...money.map(({ currency, minor }) => `${minor > 0n ? '+' : ''}${minor} ${currency} (minor units)`),
    ];
    return `${item}${part ? ` (${part})` : ''}: the log says ${by.join(', ')} than what was published`;
  });
  const other =
    moved.length === 0 && canonicalDigest(published) !== canonicalDigest(counted)
      ? ['the log says something else than what was published, beside the counts']
      : [];
  return [
    ...(canonicalDigest(published) === digest ? [] : ['the hash that was published is not that of the figures']),
    ...moved,
    ...other,
  ];
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value}`;

type Written = DataOf<typeof AnnualReturnPrepared>;

/** The figures that were published last, or prepared last. */
async function figuresIn(store: EventStore, year: string, prepared: boolean): Promise<{ readonly data: Written }> {
  if (!/^\d{4}$/.test(year)) throw new WrongRequest(`"${year}" is no year. Give four digits.`);
  const events = (await store.readStream(`return-${idFrom('return', italy.country, 'year', year)}`)).map(
    (event: RecordedEvent) => current(event),
  );
  const publication = events.findLast(({ type }) => type === 'AnnualReturnPublished');
  const preparation = prepared
    ? events.findLast(({ type }) => type === 'AnnualReturnPrepared' || type === 'AnnualReturnRevised')
    : events.find(({ id }) => id === publication?.data.preparation);
  if (!preparation)
    throw new WrongRequest(`The log holds no ${prepared ? 'prepared' : 'published'} annual return of ${year}.`);
  return { data: preparation.data as unknown as Written };
}

export function verifiedText({ year, digest, position, entries, findings }: VerifiedReturn): string {
  const head = `Annual return ${year}, up to position ${position} of the log (${entries} public entries), SHA-256 ${digest}`;
  if (findings.length === 0) return `${head}\nFigures and hash are what the log says.`;
  return [head, ...findings.map((finding) => `  ${finding}`)].join('\n');
}
