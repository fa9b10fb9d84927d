import type { JsonObject, LegalDate, Moment } from '#domain';
import { assetEvents, derivedUuid, italy, situationAt } from '#domain';
import { publicEvent } from '#privacy';
import type { AssetView, DossierAtMoment, PublicEntry } from '#web';

/** One thing written down: what, when it happened, when it was written, and from where. */
export interface Written {
  readonly type: string;
  readonly on: LegalDate | null;
  readonly at?: string;
  readonly data: JsonObject;
  readonly row?: number;
}

export const assetId = 'IT-4GQ2X9PK3M-W';

/** The id of the entry that stands at a place in the dossier. */
export const entryIdAt = (revision: number): string => derivedUuid('test', revision);

/** The dossier these entries make, seen through the public gate. */
export function dossierOf(written: readonly Written[], moment: Moment = {}): DossierAtMoment {
  const all = written.map(({ type, on, at, data, row }, revision): PublicEntry => {
    const event = publicEvent({
      id: entryIdAt(revision),
      type,
      version: assetEvents.get(type)?.definition.version ?? 1,
      stream: `asset-${assetId}`,
      revision,
      position: 1000 + revision,
      data,
      metadata: {
        occurredOn: on,
        recordedAt: at ?? `${on ?? '2026-11-02'}T09:30:00.000Z`,
        actor: { agency: 'ANBSC', role: 'officer' },
        source:
          row === undefined ? { kind: 'form' } : { kind: 'import', file: 'beni.csv', row, digest: 'ab'.repeat(32) },
      },
    });
    const { occurredOn, recordedAt, actor, source } = event.metadata;
    const { id, version, position, withheld } = event;
    return {
      id,
      revision,
      position,
      type,
      version,
      occurredOn,
      recordedAt,
      data: event.data,
      withheld,
      agency: actor.agency,
      source,
      annulledBy: null,
    };
  });
  const known = all.filter(
    ({ recordedAt }) => moment.knownAt === undefined || recordedAt.slice(0, 10) <= moment.knownAt,
  );
  const facts = known.map(({ occurredOn, recordedAt, ...event }) => ({
    ...event,
    metadata: { occurredOn, recordedAt },
  }));
  const { asset, history } = situationAt(facts, moment, italy.timeZone);
  return { id: assetId, asset, inForce: history, entries: known, position: 1000 + written.length };
}

/** An asset's page today, on 23 November 2026, or at another moment. */
export function assetViewOf(
  written: readonly Written[],
  moment: { asOf?: LegalDate; knownAt?: LegalDate } = {},
): AssetView {
  const past = moment.asOf !== undefined || moment.knownAt !== undefined;
  return {
    dossier: dossierOf(written, moment),
    moment,
    today: '2026-11-23',
    profile: italy,
    ...(past && { present: dossierOf(written) }),
  };
}

const palermo = {
  country: 'IT',
  region: { code: '19', name: 'Sicilia' },
  province: { code: '082', name: 'Palermo' },
  municipality: { code: '082054', name: 'Partinico' },
};

/** A house with a long life: late entries, a correction, an annulment, withheld fields, problems, a destination taken back, a handover. */
export const longLife: readonly Written[] = [
  {
    type: 'AssetSeized',
    on: '2008-05-14',
    data: {
      kind: 'real-estate',
      category: 'villa',
      title: 'Villa con giardino in contrada Valguarnera',
      authority: 'Tribunale di Palermo',
      act: { authority: 'Tribunale di Palermo', number: '133/2008', date: '2008-05-12', title: 'Decreto di sequestro' },
      proceeding: { court: 'Tribunale', district: 'Palermo', number: '45/2007', kind: 'prevention' },
      location: palermo,
      protectedAddress: 'Contrada Valguarnera 12',
      identifiers: [
        { scheme: 'it-anbsc', id: 'I-PA-15621-S' },
        { scheme: 'it-catasto', id: '12/345/6' },
      ],
      estimatedValue: { minor: 48_500_000, currency: 'EUR' },
      formerHolder: 'Nome Cognome',
    },
  },
  {
    type: 'AdministratorAppointed',
    on: '2008-06-02',
    data: { office: 'judicial-administrator', name: 'Nome Cognome' },
  },
  {
    type: 'ConfiscationOrdered',
    on: '2011-02-09',
    data: { instance: 'first', court: 'Tribunale di Palermo', share: 50 },
  },
  {
    type: 'ProblemRecorded',
    on: '2011-03-01',
    data: {
      kind: 'occupied',
      blocking: true,
      details: 'Abitata senza titolo; lo sgombero è stato chiesto al prefetto.',
    },
  },
  { type: 'ConfiscationOrdered', on: '2013-10-21', data: { instance: 'appeal', court: 'Corte d’appello di Palermo' } },
  {
    type: 'ConfiscationBecameFinal',
    on: '2015-03-12',
    at: '2017-09-04T08:00:00.000Z',
    data: { court: 'Corte di cassazione' },
  },
  {
    type: 'AssetValued',
    on: '2015-09-30',
    data: {
      method: 'appraisal',
      value: { minor: 41_237_550, currency: 'EUR' },
      document: { number: '7', date: '2015-09-28', url: 'https://example.org/perizia.pdf' },
    },
  },
  {
    type: 'EntryCorrected',
    on: '2017-10-02',
    data: {
      entry: entryIdAt(2),
      field: 'share',
      value: 100,
      reason: 'La quota riguarda l’intero bene; il decreto era stato letto male.',
    },
  },
  {
    type: 'ManagementCostRecorded',
    on: '2018-01-10',
    data: { purpose: 'security', amount: { minor: 123_456, currency: 'EUR' }, from: '2017-01-01', to: '2017-12-31' },
  },
  {
    type: 'EntryAnnulled',
    on: '2018-02-01',
    data: { entry: entryIdAt(8), reason: 'Riguardava un altro immobile.', correctDossier: 'IT-4GQ2X9PK3N-U' },
  },
  {
    type: 'ProblemResolved',
    on: '2019-05-20',
    data: { problem: entryIdAt(3), how: 'Sgomberata con l’aiuto del comune' },
  },
  {
    type: 'InspectionRecorded',
    on: '2019-06-11',
    data: { condition: 'fair', readyForDestination: true, findings: 'Tetto da rifare; giardino in ordine.' },
  },
  {
    type: 'InterestExpressed',
    on: '2019-09-03',
    data: { body: { kind: 'municipality', name: 'Comune di Partinico' }, purpose: 'social' },
  },
  {
    type: 'DestinationDecided',
    on: '2020-01-28',
    data: {
      purpose: 'social',
      recipient: { kind: 'municipality', name: 'Comune di Partinico' },
      act: { authority: 'ANBSC', number: '16', date: '2020-01-28', title: 'Decreto di destinazione' },
    },
  },
  { type: 'AssetTransferred', on: '2020-07-15', data: { to: { kind: 'municipality', name: 'Comune di Partinico' } } },
];

/** A company as the agency's open data tell it: stages without dates, and a decree of long ago. */
export const imported: readonly Written[] = [
  {
    type: 'AssetSeized',
    on: null,
    row: 17,
    data: {
      kind: 'company',
      category: 'partnership',
      subcategory: 'Costruzioni',
      location: palermo,
      identifiers: [{ scheme: 'it-anbsc', id: 'A-PA-48475-S' }],
    },
  },
  { type: 'ConfiscationOrdered', on: null, row: 17, data: { instance: 'not-stated' } },
  { type: 'ConfiscationBecameFinal', on: null, row: 17, data: {} },
  {
    type: 'DestinationDecided',
    on: '1993-09-20',
    at: '2026-11-02T09:30:00.000Z',
    row: 17,
    data: { purpose: 'liquidation', act: { number: '16', date: '1993-09-20' } },
  },
];
