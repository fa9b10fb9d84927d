import { noTail, tailAfter } from '../decision';
import type { Tail } from '../decision';
import { entryOf } from '../entry';
import type { Entry, EntryFacts, Fact } from '../entry';
import type { LegalDate, RecordedEvent } from '../event';
import type { DataOf, EventDefinition } from '../schema/definition';
import { upcast } from '../schema/upcast';
import type { Act, AssetFacts } from './act';
import { AssetSeized, DossierDataErased, EntryAnnulled, EntryCorrected, actOf, assetEvents } from './acts';
import { phaseOf } from './asset';
import type { Asset } from './asset';
import { corrected, endOf, insert, placeOf, upTo } from './history';
import type { History } from './history';
import { openedBy } from './judicial';

/** The write side's state of one `asset-<id>` stream: a pure fold of its events. */
export interface Dossier extends Tail {
  readonly history: History;
  /** What the history adds up to; undefined before the seizure, or when the seizure was annulled. */
  readonly asset: Asset | undefined;
}

export const emptyDossier: Dossier = {
  history: [],
  asset: undefined,
  ...noTail,
};

/** The dossier after one more event. Throws UnknownEvent; accepts every event the log holds, whatever today's rules say. */
export function evolve(dossier: Dossier, recorded: RecordedEvent): Dossier {
  const event = current(recorded);
  const { history, asset } = after(dossier, event);
  const { revision, lastRecordedAt, keeper, commands, personal } = tailAfter(dossier, event, definitionOf(event));
  // Named one by one: a replay comes here for every event, and spreading costs it a tenth of its time.
  return { history, asset, revision, lastRecordedAt, keeper, commands, personal };
}

/** The dossier after all events of its stream so far: what `evolve` gives one by one, in time that grows with their number. */
export function replay(recorded: readonly RecordedEvent[]): Dossier {
  const events = recorded.map(current);
  const tail = events.reduce<Tail>((before, event) => tailAfter(before, event, definitionOf(event)), noTail);
  return { ...afterAll(emptyDossier, events), ...tail };
}

/** The event in its current schema version; throws UnknownEvent, also where it belongs to another kind of stream. */
function current<E extends Fact>(event: E): E {
  return upcast(event, definitionOf(event));
}

const definitionOf = ({ type }: Pick<Fact, 'type'>): EventDefinition | undefined => assetEvents.get(type)?.definition;

type Situation = Pick<Dossier, 'history' | 'asset'>;

/** History and asset after an event in its current version. */
export function after({ history, asset }: Situation, event: Fact): Situation {
  const entry = entryOf(event);
  return rewritten(history, event) ?? { history: [...history, entry], asset: step(asset, entry) };
}

/** The same for many events, in time that grows with their number: the history is copied once, not for each. */
function afterAll(from: Situation, events: Iterable<Fact>): Situation {
  let history = [...from.history];
  let { asset } = from;
  for (const event of events) {
    const past = rewritten(history, event);
    if (past) {
      history = [...past.history];
      asset = past.asset;
    } else {
      const entry = entryOf(event);
      history.push(entry);
      asset = step(asset, entry);
    }
  }
  return { history, asset };
}

/** What an event makes of the past when it changes it: a correction, an annulment, a late entry. Undefined for the next entry. */
function rewritten(history: History, event: Fact): Situation | undefined {
  if (event.type === EntryCorrected.type) {
    const { entry, field, value } = event.data as DataOf<typeof EntryCorrected>;
    return refolded(corrected(history, entry, field, value));
  }
  if (event.type === EntryAnnulled.type) {
    const { entry } = event.data as DataOf<typeof EntryAnnulled>;
    return refolded(history.filter(({ id }) => id !== entry));
  }
  if (event.type === DossierDataErased.type) {
    const { entry } = event.data as DataOf<typeof DossierDataErased>;
    return refolded(history.map((each) => (each.id === entry ? erased(each) : each)));
  }
  const late = placeOf(history, event.metadata.occurredOn) < history.length;
  return late ? refolded(insert(history, entryOf(event))) : undefined;
}

/** The entry without what was personal in it, as it is read from the log from now on. */
function erased(entry: Entry): Entry {
  const gone = (definitionOf(entry)?.personal ?? []).filter((field) => entry.data[field] !== undefined);
  if (gone.length === 0) return entry;
  const data = Object.fromEntries(Object.entries(entry.data).filter(([field]) => !gone.includes(field)));
  return { ...entry, data, erased: gone };
}

const refolded = (history: History): Situation => ({ history, asset: fold(history) });

/** What a history adds up to, without asking whether it is lawful. */
export function fold(history: History): Asset | undefined {
  return history.reduce<Asset | undefined>(step, undefined);
}

/** The asset after each entry of a history. */
export function assetsAlong(history: History): (Asset | undefined)[] {
  let asset: Asset | undefined;
  return history.map((entry) => (asset = step(asset, entry)));
}

/** The asset after one entry. An entry before any seizure leaves nothing to speak of. */
export function step(asset: Asset | undefined, entry: Entry): Asset | undefined {
  const facts: EntryFacts = entry;
  if (entry.type === AssetSeized.type) {
    return asset ?? withPhase(undefined, openedBy(entry.data as DataOf<typeof AssetSeized>, facts), entry.occurredOn);
  }
  const act: Act | undefined = actOf(entry.type);
  if (!asset || !act) return asset;
  return withPhase(asset, act.evolve(asset, entry.data as never, facts), entry.occurredOn);
}

function withPhase(before: Asset | undefined, facts: AssetFacts, on: LegalDate | null): Asset {
  const phase = phaseOf(facts);
  return { ...facts, phase, phaseSince: before?.phase === phase ? before.phaseSince : on };
}

/** Which moment a question is about: the world's time, and ours. Both are optional and may be combined. */
export interface Moment {
  /** The state on this day. */
  readonly asOf?: LegalDate;
  /** As it was known at this instant, or at the end of this day. */
  readonly knownAt?: string;
}

/** The dossier's history and asset at a moment. Events are those of one stream, in order of revision. */
export function situationAt(events: readonly Fact[], moment: Moment, timeZone: string): Situation {
  const known = moment.knownAt === undefined ? undefined : endOf(moment.knownAt);
  const unknown = known === undefined ? -1 : events.findIndex(({ metadata }) => metadata.recordedAt > known);
  const situation = afterAll(emptyDossier, (unknown === -1 ? events : events.slice(0, unknown)).map(current));
  return moment.asOf === undefined ? situation : refolded(upTo(situation.history, moment.asOf, timeZone));
}
