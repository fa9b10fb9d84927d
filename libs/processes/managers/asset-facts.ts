import type { JsonObject } from '#domain';
import type { Life } from './assets';

/** How a notice names an asset: what everybody may read of it. */
export function assetFacts({ id, asset: { description } }: Life): JsonObject {
  const { kind, category, subcategory, title, location } = description;
  return {
    asset: {
      id,
      kind,
      ...(category !== undefined && { category }),
      ...(subcategory !== undefined && { subcategory }),
      ...(title !== undefined && { title }),
      ...(location?.municipality?.name !== undefined && { municipality: location.municipality.name }),
    },
  };
}
