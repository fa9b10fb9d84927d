import type { JsonObject } from '../event';
import type { Profile } from '../profiles/profile';
import type { EventDefinition } from './definition';
import { CLASSIFICATION } from './fields';

/**
 * The first sign of personal data in a field that is not personal (rule 11). A net with known holes: it finds what has a form of its own,
 * such as tax codes and e-mail addresses, not a name in a sentence.
 */
export function personalDataIn(
  definition: EventDefinition,
  data: JsonObject,
  profile: Profile,
): { field: string; what: string } | undefined {
  for (const [field, value] of Object.entries(data)) {
    if (definition.data.properties[field]?.[CLASSIFICATION] === 'personal' || value === undefined) continue;
    const written = typeof value === 'string' ? value : JSON.stringify(value);
    const sign = profile.personalPatterns.find(({ pattern }) => pattern.test(written));
    if (sign) return { field, what: sign.what };
  }
  return undefined;
}
