import { decided } from '../decision';
import type { Circumstances, Command, Decision } from '../decision';
import { entryOf } from '../entry';
import type { Entry } from '../entry';
import type { JsonObject, LegalDate, NewEvent } from '../event';
import { isLegalDate } from '../legal-date';
import { Refused, demand, refusal } from '../refusal';
import { shapeErrors } from '../schema/definition';
import type { DataOf, EventDefinition } from '../schema/definition';
import { CLASSIFICATION } from '../schema/fields';
import { erasable } from '../stream/erasure';
import { nothingConsulted, surroundingsOf } from '../surroundings';
import type { Consulted, Surroundings } from '../surroundings';
import { AssetSeized, DossierDataErased, EntryAnnulled, EntryCorrected, actOf, assetCommands } from './acts';
import type { Asset } from './asset';
import { FieldDisclosed, disclosable, withRecordedValue } from './disclosure';
import { fold, step } from './dossier';
import type { Dossier } from './dossier';
import { corrected, fieldOf, insert, placeOf } from './history';
import { personBehind } from './four-eyes';
import type { History } from './history';

/**
 * The law of the dossier. A command is accepted when the history with its entry in place is lawful from the first entry to the last,
 * so that a late entry can neither slip behind a rule nor pull the ground from under a later act.
 */
export function decide(
  command: Command,
  dossier: Dossier,
  circumstances: Circumstances,
  consulted: Consulted = nothingConsulted,
): Decision {
  const definition = assetCommands.get(command.name);
  return decided(
    command,
    definition,
    dossier,
    circumstances,
    (event) => admit(event, dossier, surroundingsOf(circumstances, consulted, dossier.personal)),
    (data: JsonObject) =>
      definition?.type === FieldDisclosed.type ? withRecordedValue(data, dossier.history, definitionOf) : data,
  );
}

function admit(event: NewEvent, dossier: Dossier, surroundings: Surroundings): void {
  if (event.type === EntryCorrected.type) return admitCorrection(event, dossier, surroundings.today);
  if (event.type === EntryAnnulled.type) return admitAnnulment(event, dossier);
  if (event.type === DossierDataErased.type)
    return erasable(event.data as DataOf<typeof DossierDataErased>, surroundings, entryOf(event));
  const entry = entryOf(event);
  if (event.type === FieldDisclosed.type)
    disclosable(event.data as DataOf<typeof FieldDisclosed>, dossier.history, entry, surroundings, definitionOf);
  const place = placeOf(dossier.history, entry.occurredOn);
  // An entry at the end, the common case, is judged against the asset as it stands; the rest of the history is lawful already.
  const last = place === dossier.history.length;
  const asset = last ? dossier.asset : fold(dossier.history.slice(0, place));
  if (!last && !asset && dossier.asset)
    return demand(false, 'before-seizure', { occurredOn: entry.occurredOn, seizedOn: dossier.asset.seizure.on });
  lawful(asset, entry);
  if (asset) actOf(entry.type)?.judge(entry.data as never, asset, surroundings, entry);
  if (!last) lawfulFrom(insert(dossier.history, entry), place + 1, 'contradicts-later-entry');
}

function admitCorrection(event: NewEvent, { history }: Dossier, today: LegalDate): void {
  const { entry: id, field, value } = event.data as DataOf<typeof EntryCorrected>;
  const entry = history.find((candidate) => candidate.id === id);
  demand(entry !== undefined, 'no-such-entry', { entry: id });
  const act = actOf(entry.type);
  const definition = act?.event;
  demand(act?.fixed.has(field.split('.')[0] ?? '') !== true, 'correction-of-fixed-field', { field });
  demand(field === 'occurredOn' || isPublic(definition, field), 'correction-of-closed-field', { field });
  demand(JSON.stringify(fieldOf(entry, field) ?? null) !== JSON.stringify(value), 'correction-changes-nothing', {
    field,
  });
  const after = corrected(history, id, field, value);
  const changed = after.find((candidate) => candidate.id === id);
  // What was erased is missing by right.
  const missing = new Set(entry.erased?.map((name) => `/${name}`));
  const errors = definition
    ? shapeErrors(definition.data, changed?.data).filter(({ pointer }) => !missing.has(pointer))
    : [];
  const [error] = field === 'occurredOn' ? dateErrors(value, today) : errors;
  demand(error === undefined, 'correction-breaks-entry', { field, why: error?.detail ?? '' });
  lawfulFrom(after, 0, 'correction-contradicts');
  const agreedAfter = agreements(after);
  for (const [by, { agreed, entry: agreement }] of agreements(history)) {
    demand(agreedAfter.get(by)?.agreed === agreed, 'agreed-entry-corrected', {
      laterType: agreement.type,
      laterOn: agreement.occurredOn,
      laterEntry: by,
    });
  }
}

const definitionOf = (type: string): EventDefinition | undefined => actOf(type)?.event;

/** What second persons agreed to, by the entry that says so: its own data and what they had before them. */
function agreements(history: History): Map<string, { agreed: string; entry: Entry }> {
  const found = new Map<string, { agreed: string; entry: Entry }>();
  let asset: Asset | undefined;
  for (const entry of history) {
    const agreedTo = actOf(entry.type)?.agreedTo;
    if (asset && agreedTo) {
      const agreed = JSON.stringify([entry.data, agreedTo(entry.data as never, asset)]);
      found.set(entry.id, { agreed, entry });
    }
    asset = step(asset, entry);
  }
  return found;
}

/** A field the schema does not know is judged by shape afterwards; one it closes must not pass through a public correction. */
function isPublic(definition: EventDefinition | undefined, field: string): boolean {
  const schema = definition?.data.properties[field.split('.')[0] ?? ''];
  return schema === undefined || schema[CLASSIFICATION] === 'public';
}

function dateErrors(value: unknown, today: LegalDate): { detail: string }[] {
  if (value === null) return [];
  if (typeof value !== 'string' || !isLegalDate(value)) return [{ detail: 'Give a date that exists, as YYYY-MM-DD.' }];
  return value > today ? [{ detail: 'The date lies in the future.' }] : [];
}

function admitAnnulment(event: NewEvent, { history }: Dossier): void {
  const { entry: id } = event.data as DataOf<typeof EntryAnnulled>;
  const annulled = history.find((entry) => entry.id === id);
  demand(annulled !== undefined, 'no-such-entry', { entry: id });
  const { recordedBy } = entryOf(event);
  demand(recordedBy?.person === true, 'second-person-needed', { what: 'annulment' });
  demand(personBehind(annulled) !== recordedBy.subject, 'annulled-by-recorder', { entry: id });
  lawfulFrom(
    history.filter((entry) => entry.id !== id),
    0,
    'correction-contradicts',
  );
}

/** The rules for one entry against the asset as it stood when it happened. */
function lawful(asset: Asset | undefined, entry: Entry): void {
  if (entry.type === AssetSeized.type && !asset) return;
  demand(asset !== undefined, 'not-seized');
  const { on } = asset.seizure;
  demand(on === null || entry.occurredOn === null || entry.occurredOn >= on, 'before-seizure', {
    occurredOn: entry.occurredOn,
    seizedOn: on,
  });
  const act = actOf(entry.type);
  demand(!asset.left || act?.afterExit === true || entry.type === AssetSeized.type, 'after-exit', {
    exitedOn: asset.left?.on ?? null,
    phase: asset.phase,
  });
  act?.admit(entry.data as never, asset, entry);
}

/** Judges every entry from a place on; a refusal names the entry that no longer holds and why. */
function lawfulFrom(history: History, from: number, code: 'contradicts-later-entry' | 'correction-contradicts'): void {
  let asset: Asset | undefined;
  for (const [place, entry] of history.entries()) {
    if (place >= from) {
      try {
        lawful(asset, entry);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { message, code: because } = error.refusal;
        // An agreement that was said to be over and is not: what came late is its renewal.
        if (because === 'not-expired-yet' && code === 'contradicts-later-entry')
          throw new Refused(
            refusal('renewal-after-expiry', {
              name: asset?.agreement?.name ?? '',
              endedOn: entry.occurredOn,
              entry: entry.id,
            }),
          );
        throw new Refused(
          refusal(code, {
            laterType: entry.type,
            laterOn: entry.occurredOn,
            laterEntry: entry.id,
            because,
            why: message,
          }),
        );
      }
    }
    asset = step(asset, entry);
  }
}
