import { assetLabels } from '#read-models';
import type { ReadDatabase } from '#read-models';
import type { Whereabouts } from '#web';

/** So many assets of one line are looked at: a call may be for hundreds. */
const LOOKED_AT = 20;

/** Where the assets lie that lines are about, by the ids of the lines. */
export async function whereabouts(
  database: ReadDatabase,
  assets: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, Whereabouts>> {
  const few = [...assets].map(([id, all]) => [id, all.slice(0, LOOKED_AT)] as const);
  const labels = await assetLabels(
    database,
    few.flatMap(([, some]) => some),
  );
  return new Map(
    few.map(([id, some]) => {
      const found = some.map((asset) => labels.get(asset)).filter((label) => label !== undefined);
      const places = found.map(({ municipality, province }) => municipality ?? province);
      const [only, ...others] = found;
      return [
        id,
        {
          places: [...new Set(places.filter((place) => place !== null))],
          ...(only && { asset: { label: only, others: (assets.get(id)?.length ?? 1) - 1 } }),
          ...(only?.located && others.length === 0 && { mapped: only.id }),
        },
      ];
    }),
  );
}
