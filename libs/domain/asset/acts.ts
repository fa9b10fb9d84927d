import type { EventDefinition } from '../schema/definition';
import { commandsOf } from '../stream/aggregate';
import type { CatalogueEntry } from '../stream/aggregate';
import type { Act } from './act';
import { DossierDataErased, EntryAnnulled, EntryCorrected } from './corrections';
import { assignment } from './assignment';
import { custody } from './custody';
import { destination } from './destination';
import { publication } from './disclosure';
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
  assignment,
  use,
  support,
  spending,
  exit,
  documents,
  publication,
} as const satisfies Record<string, readonly Act[]>;

const across = [
  { command: 'correct-entry', event: EntryCorrected },
  { command: 'annul-entry', event: EntryAnnulled },
  { command: 'erase-personal-data', event: DossierDataErased },
];

const acts: readonly Act[] = Object.values(chapters).flat();
const byType = new Map(acts.map((act) => [act.event.type, act]));
const byCommand = new Map(acts.map((act) => [act.command, act]));

/** The act behind an event type; undefined for corrections, which change entries and not the asset. */
export const actOf = (type: string): Act | undefined => byType.get(type);

/** The act behind a command; undefined for corrections. */
export const actBehind = (command: string): Act | undefined => byCommand.get(command);

const commands = commandsOf('asset', { ...chapters, across });

/** Every command of the dossier with the event it records. */
export const assetCommands: ReadonlyMap<string, EventDefinition> = new Map(
  [...commands].map(([command, { definition }]) => [command, definition]),
);

/** Every event type of the dossier with its chapter. */
export const assetEvents: ReadonlyMap<string, CatalogueEntry> = new Map(
  [...commands.values()].map((each) => [each.definition.type, each]),
);

export { AssetSeized, DossierDataErased, EntryAnnulled, EntryCorrected, commands as dossierCommands };
