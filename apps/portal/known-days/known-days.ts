import type { IncomingMessage, ServerResponse } from 'node:http';
import { stat } from 'node:fs/promises';
import { setImmediate as theirQuestions } from 'node:timers/promises';
import type { LegalDate, Profile } from '#domain';
import { failed, requestProblem, RequestFailed } from '#http';
import { NotBuiltYet, ReadDatabase, commandFor, keptDays, lookWhatWasTakenBack, ofTheSameLog } from '#read-models';
import type { DayNote, KeptDay } from '#read-models';

/** The portal as it stood at the end of a day: its whole answer to a request, from a read database that stopped then. */
export interface PortalOfDay {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Closes what it holds, when the answers under way are given. */
  close(): Promise<void>;
}

/** So many days are open at a time in one process: each is a connection to a file of its own, and a portal of some 10 MB. */
export const MOST_OPEN = 4;

interface Opened {
  readonly made: string;
  readonly portal: Promise<PortalOfDay>;
  /** Finds out what of the day may not be shown any more, as it is known now. */
  readonly upToNow: () => Promise<void>;
  /** Who is about to ask it: it stays open for them. */
  readonly asking: Set<Promise<void>>;
}

/** Which days of knowledge are kept beside the present read database, and the portals that answer for them. */
export class KnownDays {
  private readonly opened = new Map<LegalDate, Opened>();
  private readonly closing = new Set<Promise<void>>();
  /** Files that were found to be of another log; looked at again when the folder has changed. */
  private readonly refusals = new Map<LegalDate, RequestFailed>();
  private listed: { readonly of: string; readonly days: readonly KeptDay[] } | undefined;

  constructor(
    private readonly folder: string,
    private readonly profile: Profile,
    private readonly present: ReadDatabase,
    private readonly open: (note: DayNote, database: ReadDatabase) => Promise<PortalOfDay>,
    private readonly mostOpen = MOST_OPEN,
  ) {}

  /** The days that can be asked for, the latest first. Looks at the folder, and at its files only where they are others than before. */
  async days(): Promise<readonly DayNote[]> {
    return (await this.found()).flatMap(({ note }) => note ?? []);
  }

  /** Names the days that are kept: what shows them changes with it. Empty where none is. */
  mark(): string {
    return (this.listed?.days ?? []).map(({ day }) => day.replaceAll('-', '')).join('-');
  }

  /** The portal of a day; opened when it is asked for first. Throws RequestFailed where the day is not kept, or its file cannot be used. */
  async of(day: LegalDate): Promise<PortalOfDay> {
    const found = (await this.found()).find((each) => each.day === day);
    if (!found) throw await this.notKept(day);
    const refusal = this.refusals.get(day);
    if (refusal) throw refusal;
    if (!found.note) throw this.refusing(day, found.refused ?? '');
    const known = this.opened.get(day);
    if (known && known.made !== found.made) this.shut(day);
    const current = this.opened.get(day) ?? this.openingOf(found, found.note);
    // Taken out and put in again, a day stands last; the first is the one nobody has asked for longest.
    this.opened.delete(day);
    this.opened.set(day, current);
    const [longestUnasked] = this.opened.keys();
    if (this.opened.size > this.mostOpen && longestUnasked !== undefined) this.shut(longestUnasked);
    try {
      const looking = current.upToNow();
      current.asking.add(looking);
      await looking.finally(() => current.asking.delete(looking));
      return await current.portal;
    } catch (error) {
      if (this.opened.get(day) === current) this.opened.delete(day);
      throw error;
    }
  }

  /** How many are open; for tests. */
  get openDays(): readonly LegalDate[] {
    return [...this.opened.keys()];
  }

  async close(): Promise<void> {
    for (const day of [...this.opened.keys()]) this.shut(day);
    await Promise.all(this.closing);
  }

  private async found(): Promise<readonly KeptDay[]> {
    const of = await stat(this.folder).then(({ mtimeMs, ino }) => `${ino}-${mtimeMs}`, () => ''); // prettier-ignore
    if (this.listed?.of !== of) {
      this.refusals.clear();
      this.listed = { of, days: of === '' ? [] : await keptDays(this.folder, this.profile) };
    }
    return this.listed.days;
  }

  private openingOf(found: KeptDay, note: DayNote): Opened {
    const database = ReadDatabase.openForReading({ kind: 'sqlite', path: found.path });
    const portal = this.opening(found, note, database);
    return {
      made: found.made,
      portal,
      upToNow: async () => {
        await portal;
        await orUnavailable(lookWhatWasTakenBack(await database, this.present));
      },
      asking: new Set(),
    };
  }

  private async opening({ day, path }: KeptDay, note: DayNote, opened: Promise<ReadDatabase>): Promise<PortalOfDay> {
    const database = await opened;
    try {
      const same = await ofTheSameLog(note, this.present, database);
      if (same === 'not-yet') throw new NotBuiltYet('timeline');
      if (!same) throw this.refusing(day, `${path} was made of another log than the one that is shown here. Make it again: ${commandFor(day)}`); // prettier-ignore
      return await this.open(note, database);
    } catch (error) {
      await database.close();
      throw asUnavailable(error);
    }
  }

  /** Noted down for the operator once, and not for each reader who asks. */
  private refusing(day: LegalDate, why: string): RequestFailed {
    process.stderr.write(`${why}\n`);
    const refusal = refused(day);
    this.refusals.set(day, refusal);
    return refusal;
  }

  private shut(day: LegalDate): void {
    const opened = this.opened.get(day);
    this.opened.delete(day);
    if (!opened) return;
    const closed = this.whenUnasked(opened).catch(() => undefined);
    this.closing.add(closed);
    void closed.finally(() => this.closing.delete(closed));
  }

  /** Closes a portal when those who were about to ask have asked; it answers them before it is closed. */
  private async whenUnasked({ portal, asking }: Opened): Promise<void> {
    await Promise.allSettled([...asking]);
    await theirQuestions();
    await (await portal).close();
  }

  private async notKept(day: LegalDate): Promise<RequestFailed> {
    const kept = (await this.days()).map((each) => each.day);
    const those = kept.length === 0 ? 'No earlier day is kept.' : `These are: ${kept.slice(0, 12).join(', ')}; all of them: /api/v1/known-days.`; // prettier-ignore
    return failed(
      'day-not-kept',
      `What was known at the end of ${day} is not kept for reports. ${those} The authority makes another with: ${commandFor(day)}. The register and each dossier tell it of any day: /api/v1/assets?knownAt=${day}.`,
      { facts: { knownAt: day, kept } },
    );
  }
}

const orUnavailable = (looking: Promise<void>): Promise<void> =>
  looking.catch((error: unknown) => {
    throw asUnavailable(error);
  });

/** What is being built is a reason to wait. */
const asUnavailable = (error: unknown): unknown =>
  error instanceof NotBuiltYet
    ? new RequestFailed(requestProblem('unavailable', error.message), { 'retry-after': '2' })
    : error;

/** The file is there and cannot be used. Nobody but the authority can mend it; where it lies is nobody else's business. */
function refused(day: LegalDate): RequestFailed {
  return failed(
    'day-not-kept',
    `What was known at the end of ${day} is kept in a file that cannot be used any more: it was made by another version of the program, or of another log. The authority makes it again with: ${commandFor(day)}.`,
    { facts: { knownAt: day, kept: [] } },
  );
}
