import type { EventDefinition } from '../schema/definition';
import type { Act } from './act';
import { EntryAnnulled, EntryCorrected } from './corrections';
import { custody } from './custody';
import { destination } from './destination';
import { documents } from './documents';
import { exit } from './exit';
import { AssetSeized, judicial } from './judicial';
import { spending } from './spending';
import { support } from './support';
import { use } from './use';

/** The dossier is the sum of its chapters. A new chapter is added here and nowhere else. */
export const chapters = {
  judicial,
  custody,
  destination,
  use,
  support,
  spending,
  exit,
  documents,
} as const satisfies Record<string, readonly Act[]>;
export type Chapter = keyof typeof chapters | 'across';

const acts: readonly Act[] = Object.values(chapters).flat();
const byType = new Map(acts.map((act) => [act.event.type, act]));

/** The act behind an event type; undefined for corrections, which change entries and not the asset. */
export const actOf = (type: string): Act | undefined => byType.get(type);

/** Every command of the dossier with the event it records. */
export const assetCommands: ReadonlyMap<string, EventDefinition> = new Map<string, EventDefinition>([
  ...acts.map((act) => [act.command, act.event] as const),
  ['correct-entry', EntryCorrected],
  ['annul-entry', EntryAnnulled],
]);

/** Every event type of the dossier with its chapter. */
export const assetEvents: ReadonlyMap<
  string,
  { readonly definition: EventDefinition; readonly chapter: Chapter; readonly command: string }
> = new Map(
  [...assetCommands].map(([command, definition]) => [
    definition.type,
    { definition, command, chapter: chapterOf(definition.type) },
  ]),
);

function chapterOf(type: string): Chapter {
  for (const [name, members] of Object.entries(chapters)) {
    if (members.some((member) => member.event.type === type)) return name as keyof typeof chapters;
  }
  return 'across';
}

export { AssetSeized, EntryAnnulled, EntryCorrected };
