import { endOf } from '#domain';
import type { Room } from '#process';
import { takenBackMark } from '#read-models';
import type { ReadDatabase } from '#read-models';
import { PortalModule } from '../portal.module';
import type { Reading } from '../reading';
import { answerKnownDays } from './asked-day';
import { KnownDays } from './known-days';
import { portalOfDay } from './portal-of-day';

/** What a portal is made of beside its reading. */
export type PortalParts = Parameters<typeof PortalModule.forRoot> extends [unknown, ...infer Parts] ? Parts : never;

export interface WithKnownDays {
  /** The present portal, which hands on what is asked of an earlier day of knowledge. */
  readonly room: Pick<Room, 'module' | 'prepare'>;
  /** Closes the portals of days that are open. */
  close(): Promise<void>;
}

/** The portal over a read database, and beside it those of the days of knowledge kept in a folder. */
export function portalWithKnownDays(
  folder: string,
  database: ReadDatabase,
  readingOver: (database: ReadDatabase, clock?: () => Date) => Reading,
  parts: PortalParts,
  { clock = () => new Date(), trustedProxies, mostOpen }: { readonly clock?: () => Date; readonly trustedProxies?: readonly string[] | undefined; readonly mostOpen?: number } = {},
): WithKnownDays {
  const present = readingOver(database, clock);
  const known: KnownDays = new KnownDays(
    folder,
    present.profile,
    database,
    ({ day }, ofDay) => {
      const reading = readingOver(ofDay, () => new Date(endOf(day))).as({ day, kept: () => known.days(), mark: () => known.mark() + takenBackMark(ofDay) });
      return portalOfDay(day, ofDay, { module: PortalModule.forRoot(reading, ...parts) }, present.profile, trustedProxies);
    },
    mostOpen,
  );
  const reading = present.as({ kept: () => known.days(), mark: () => known.mark() });
  const today = (): string => clock().toISOString().slice(0, 10);
  return {
    room: {
      module: PortalModule.forRoot(reading, ...parts),
      prepare: (server) => {
        answerKnownDays(server, known, today);
        return Promise.resolve();
      },
    },
    close: () => known.close(),
  };
} // prettier-ignore
