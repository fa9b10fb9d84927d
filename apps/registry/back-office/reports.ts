import type { LegalDate, Phase, Profile } from '#domain';
import { NotBuiltYet, overdueAssets, registerSlice } from '#read-models';
import type { ReadDatabase, RegisterItem } from '#read-models';
import type { Duty, FoundAsset, Words } from '#web';
import { assetName, placeName } from '#web';

/** What the back office knows from reports: nothing where its process has no read database. */
export class OfficeReports {
  search?(text: string, words: Words): Promise<{ assets: FoundAsset[]; more: boolean }>;

  /** The longest overdue first. */
  overdue?(today: LegalDate, words: Words): Promise<{ duties: Duty[]; more: boolean }>;
}

/** Reports from the read database. */
export class DatabaseReports extends OfficeReports {
  constructor(
    private readonly database: ReadDatabase,
    private readonly profile: Profile,
  ) {
    super();
  }

  override async search(text: string, words: Words): Promise<{ assets: FoundAsset[]; more: boolean }> {
    const slice = await builtOr(undefined, () => registerSlice(this.database, { text, limit: FOUND }));
    return { assets: (slice?.items ?? []).map((item) => found(item, words)), more: slice?.next !== undefined };
  }

  override async overdue(today: LegalDate, words: Words): Promise<{ duties: Duty[]; more: boolean }> {
    const items = await builtOr([], () => overdueAssets(this.database, this.profile, today, DUTIES + 1));
    const duties = items.slice(0, DUTIES).map(({ since, days, source, ...item }) => ({
      ...found(item, words),
      since,
      days,
      source,
    }));
    return { duties, more: items.length > DUTIES };
  }
}

const FOUND = 25;
const DUTIES = 20;

const found = (item: RegisterItem, words: Words): FoundAsset => ({
  id: item.id,
  name: assetName(item, words),
  place: placeName(item),
  phase: item.phase as Phase,
});

/** While a report is being built for the first time there is nothing to show of it, and no reason to stop work. */
async function builtOr<Result>(otherwise: Result, query: () => Promise<Result>): Promise<Result> {
  try {
    return await query();
  } catch (error) {
    if (error instanceof NotBuiltYet) return otherwise;
    throw error;
  }
}
