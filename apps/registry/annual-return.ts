import type { JsonObject, Profile } from '#domain';
import type { EventStore } from '#event-store';
import { wholeLog } from '#event-store';
import { returnFromLog } from '#read-models';
import { canonicalDigest } from '#transparency-log';

/** Computes what an entry says that writes down the return of a year: from the log itself, so that whoever holds the log can do the same. */
export const annualReturnFrom =
  (log: Pick<EventStore, 'head' | 'readAll'>, profile: Profile) =>
  async (year: string): Promise<JsonObject> => {
    const { figures, position } = await returnFromLog(wholeLog(log), year, profile);
    return { position, digest: canonicalDigest(figures), figures: figures as unknown as JsonObject };
  };
