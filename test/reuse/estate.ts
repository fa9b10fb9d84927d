import { assetIdFrom, idFrom, italy } from '#domain';
import type { AssetId, JsonObject, LegalDate, StreamName } from '#domain';
import type { EventStore } from '#event-store';
import { Recorder } from '#recording';

/** Records one entry; answers the id of its event. */
export type Write = (
  command: string,
  on: LegalDate | null,
  data: JsonObject,
  by?: 'officer-1' | 'officer-2' | 'officer-3',
) => Promise<string>;

/** Writes into the streams of a log through the recorder, so that what is written is lawful. */
export function writing(store: EventStore): { readonly to: (stream: StreamName) => Write } {
  const recorder = new Recorder(store, { profile: italy, clock: () => '2026-11-02T09:30:00.000Z' });
  let written = 0;
  return {
    to:
      (stream) =>
      async (name, occurredOn, data, by = 'officer-1') => {
        written += 1;
        const recorded = await recorder.record(
          stream,
          { name, occurredOn, data },
          {
            actor: { subject: by, agency: 'ANBSC', role: 'officer' },
            source: { kind: 'form' },
            idempotencyKey: `estate-${written}`,
            correlationId: 'estate',
          },
        );
        if (recorded.kind !== 'recorded') throw new Error(`${name}: ${JSON.stringify(recorded)}`);
        return (await store.readStream(stream)).at(-1)!.id;
      },
  };
}

const areas = {
  Corleone: {
    region: { code: '19', name: 'Sicilia' },
    province: { code: '082', name: 'Palermo' },
    municipality: { code: '082034', name: 'Corleone' },
  },
  Forlì: {
    region: { code: '08', name: 'Emilia-Romagna' },
    province: { code: '040', name: 'Forlì-Cesena' },
    municipality: { code: '040012', name: 'Forlì' },
  },
} as const;

export const euro = (minor: number) => ({ minor, currency: 'EUR' });
export const paper = (digit: string, title: string) => ({ sha256: digit.repeat(64), title });

/** Stands in fields that are not public; nobody may ever find it in a report. */
export const CANARY = 'Canary Person';

/** An asset that was seized and confiscated for good. */
export async function confiscated(
  write: Write,
  code: string,
  place: keyof typeof areas,
  data: JsonObject = {},
): Promise<void> {
  const description = {
    kind: 'real-estate',
    category: 'building',
    identifiers: [{ scheme: 'it-anbsc', id: code }],
    location: { country: 'IT', ...areas[place] },
  };
  await write('record-seizure', '2012-03-14', { ...description, ...data });
  await write('order-confiscation', '2013-06-10', { instance: 'first' });
  await write('make-confiscation-final', '2015-02-20', {});
}

/** The same, destined and handed over to a municipality. */
export async function handedOver(
  write: Write,
  code: string,
  place: keyof typeof areas,
  data: JsonObject = {},
): Promise<void> {
  await confiscated(write, code, place, data);
  const municipality = { kind: 'municipality', name: `Comune di ${place}` };
  const act = { authority: 'ANBSC', number: `${code}/2016`, date: '2016-01-28' };
  await write('decide-destination', '2016-01-28', { purpose: 'social', recipient: municipality, act });
  await write('transfer-asset', '2016-09-15', { to: municipality });
}

export interface Estate {
  readonly farm: AssetId;
  readonly school: AssetId;
  readonly flat: AssetId;
}

/**
 * A small estate in reuse, the same each time: a farm held by a cooperative, with money, support and use; a school that a municipality uses itself;
 * a flat that was sold. `words` takes the place of whatever people wrote in it.
 */
export async function recordEstate(store: EventStore, words = (text: string): string => text): Promise<Estate> {
  const { to } = writing(store);
  const organisation = idFrom('organisation', 'IT', 'it-runts', '77001');
  const name = words('Cooperativa Terra Buona');
  const body = to(`organisation-${organisation}`);
  const registered = { kind: 'civil-society', name, identifiers: [{ scheme: 'it-runts', id: '77001' }] };
  await body('register-organisation', '2014-03-01', registered);
  await body('declare-beneficial-owners', '2014-04-01', { basis: 'office', owners: 2 });
  await body('verify-organisation', '2014-05-01', { checks: ['identity', 'beneficial-owners'] }, 'officer-2');

  const ids = ['E-1', 'E-2', 'E-3'].map((code) => assetIdFrom('IT', 'it-anbsc', code));
  const [farm, school, flat] = ids as [AssetId, AssetId, AssetId];
  await recordFarm(to(`asset-${farm}`), words, { organisation, name });
  await recordSchool(to(`asset-${school}`), words);
  await recordFlat(to(`asset-${flat}`), words);
  return { farm, school, flat };
}

async function recordFarm(write: Write, words: (text: string) => string, assignee: JsonObject): Promise<void> {
  await handedOver(write, 'E-1', 'Corleone', {
    title: words('Masseria in contrada Drago'),
    estimatedValue: euro(48_500_000),
  });
  const proposal = await write('propose-assignment', '2017-01-10', {
    ...assignee,
    directGround: words('Art. 48, comma 3, lett. c)'),
    reasons: words('Coltiva già i terreni vicini.'),
  });
  await write('approve-assignment', '2017-02-01', { proposal }, 'officer-2');
  await write('sign-agreement', '2017-03-01', {
    ...assignee,
    proposal,
    act: { authority: words('Comune di Corleone'), number: words('12'), date: '2017-03-01' },
    object: words('Fattoria sociale con laboratorio di conserve'),
    from: '2017-04-01',
    to: '2032-03-31',
    charge: 'free',
    renewable: true,
  });
  await write('record-handover', '2017-04-01', {});
  await write('start-use', '2017-05-02', { purpose: 'social' });
  await recordSpending(write, words);
  await recordSupport(write, words);
  await write('report-activity', '2019-01-31', {
    from: '2018-01-01',
    to: '2018-12-31',
    activities: [{ kind: 'agriculture', title: words('Raccolta del grano'), times: 12 }, { kind: 'work-integration' }],
    beneficiaries: { total: 148, women: 66, men: 80, byAge: { under14: 20, from18to34: 61 }, vulnerable: 35 },
    jobs: { total: 9, women: 4 },
    volunteers: { total: 40 },
    details: words('Il campo estivo ha avuto due turni.'),
  });
  await write('report-activity', '2020-01-31', {
    from: '2019-01-01',
    to: '2019-12-31',
    activities: [{ kind: 'agriculture' }, { kind: 'education', title: words('Scuole in fattoria'), times: 31 }],
    beneficiaries: { total: 402 },
    jobs: { total: 11, women: 6, men: 5, otherGender: 0 },
  });
  const findings = words('Il laboratorio lavora; il fienile è ancora chiuso.');
  await write('record-monitoring-visit', '2020-06-18', { found: 'partly-used', findings, note: CANARY });
  await write('attach-document', '2020-06-20', {
    ...paper('d', words('Verbale della visita')),
    kind: 'minutes',
    classification: 'public',
  });
}

async function recordSpending(write: Write, words: (text: string) => string): Promise<void> {
  const union = await write('allocate-funds', '2017-06-01', {
    source: 'eu',
    programme: words('PON Legalità 2014-2020'),
    projectCode: words('F93D17000110006'),
    amount: euro(25_000_000),
  });
  const state = await write('allocate-funds', '2017-06-15', { source: 'state', amount: euro(4_000_000) });
  await write('reduce-allocation', '2018-11-30', { allocation: state, amount: euro(500_000), reason: words('Tagli.') });
  const roof = await write('commit-expenditure', '2017-10-02', {
    allocation: union,
    amount: euro(18_000_050),
    supplier: { name: words('Edil Sicula s.r.l.') },
    procedure: 'open',
    contract: words('7241893B5C'),
    subject: words('Rifacimento del tetto'),
    document: paper('a', words('Contratto 7241893B5C')),
  });
  const works = await write('start-works', '2017-11-06', { title: words('Tetto e impianti'), commitment: roof });
  await write('commit-expenditure', '2018-02-12', {
    allocation: state,
    amount: euro(1_249_900),
    supplier: { name: words('Agraria Belice s.a.s.') },
    procedure: 'direct-award',
    contract: words('Z8A2214F01'),
    document: paper('b', words('Contratto Z8A2214F01')),
  });
  const invoice = paper('c', words('Fattura 31/2018'));
  const request = await write('request-payment', '2018-03-20', {
    commitment: roof,
    amount: euro(9_000_000),
    document: invoice,
  });
  await write('approve-payment', '2018-03-27', { request, amount: euro(9_000_000), note: CANARY }, 'officer-2');
  const payment = await write('make-payment', '2018-04-05', {
    request,
    amount: euro(9_000_000),
    document: paper('e', words('Mandato 118/2018')),
  });
  await write('reverse-payment', '2018-05-02', {
    payment,
    amount: euro(120_000),
    reason: words('Ritenuta contestata.'),
  });
  await write('complete-works', '2018-09-30', {
    works,
    document: paper('f', words('Certificato di regolare esecuzione')),
  });
}

async function recordSupport(write: Write, words: (text: string) => string): Promise<void> {
  const tools = await write('publish-support-need', '2018-01-15', {
    kind: 'goods',
    title: words('Attrezzi per il frantoio'),
    quantity: { value: 20, scale: 0, unit: 'piece' },
    neededBy: '2018-12-31',
  });
  await write('publish-support-need', '2021-01-15', {
    kind: 'expertise',
    title: words('Un agronomo per il biologico'),
    quantity: { value: 120, scale: 0, unit: 'hour' },
  });
  const screened = { conflictOfInterest: false, tiesToFormerOwner: false, beneficialOwnersDeclared: true };
  const pledged = async (supporter: string, on: LegalDate, data: JsonObject): Promise<string> => {
    const pledge = await write('pledge-support', on, { supporter: { name: words(supporter) }, ...data });
    await write('screen-support', on, { pledge, outcome: 'passed', ...screened }, 'officer-2');
    await write('accept-support', on, { pledge });
    return pledge;
  };
  const presses = await pledged('Frantoi Riuniti S.p.A.', '2018-02-20', {
    need: tools,
    kind: 'goods',
    quantity: { value: 20, scale: 0, unit: 'piece' },
  });
  const document = paper('9', words('Bolla di consegna 4'));
  await write('deliver-support', '2018-04-10', {
    pledge: presses,
    quantity: { value: 75, scale: 1, unit: 'piece' },
    document,
  });
  const gift = await pledged('Banca Etica Esempio', '2018-03-01', { kind: 'money', amount: euro(500_000) });
  await write('deliver-support', '2018-03-15', { pledge: gift, amount: euro(500_000), document });
  await pledged('Trasporti Valle S.r.l.', '2024-01-10', {
    kind: 'logistics',
    quantity: { value: 60, scale: 0, unit: 'month' },
    from: '2024-02-01',
    until: '2029-01-31',
    conditions: words('Un viaggio al mese.'),
  });
  const shady = await write('pledge-support', '2019-05-05', {
    supporter: { name: words('Costruzioni Ombra S.r.l.') },
    kind: 'works',
    quantity: { value: 10, scale: 0, unit: 'day' },
  });
  const ties = { conflictOfInterest: false, tiesToFormerOwner: true, beneficialOwnersDeclared: false };
  await write('screen-support', '2019-05-20', { pledge: shady, outcome: 'failed', ...ties, note: CANARY }, 'officer-2');
  await write('decline-support', '2019-05-21', { pledge: shady, reason: 'screening-failed' });
}

async function recordSchool(write: Write, words: (text: string) => string): Promise<void> {
  await handedOver(write, 'E-2', 'Forlì', { title: words('Palazzina in via dei Tigli') });
  const allocation = await write('allocate-funds', '2018-01-10', {
    source: 'municipality',
    amount: euro(1_234_567),
  });
  await write('commit-expenditure', '2018-03-05', {
    allocation,
    amount: euro(1_000_000),
    supplier: { name: words('Edil Sicula s.r.l.') },
    procedure: 'direct-award',
    contract: words('Z1122334455'),
    document: paper('8', words('Contratto Z1122334455')),
  });
  await write('start-use', '2018-09-10', { purpose: 'social' });
  await write('report-activity', '2019-07-31', {
    from: '2018-09-10',
    to: '2019-06-30',
    activities: [{ kind: 'education' }],
    beneficiaries: { total: 90, women: 50, men: 40, otherGender: 0 },
    jobs: { total: 0 },
  });
  await write('establish-non-use', '2023-03-01', { since: '2022-09-01', details: words('Chiusa dopo la pioggia.') });
}

async function recordFlat(write: Write, words: (text: string) => string): Promise<void> {
  await confiscated(write, 'E-3', 'Forlì', { title: words('Appartamento in viale Roma') });
  await write('decide-destination', '2016-01-28', { purpose: 'sale' });
  const buyer = { name: words('Immobiliare Ponente S.p.A.') };
  const screening = await write('screen-buyer', '2016-05-02', { buyer, link: 'none' });
  const document = paper('7', words('Rogito 1209'));
  await write(
    'sell-asset',
    '2016-06-01',
    { screening, price: euro(12_000_000), procedure: 'auction', document },
    'officer-2',
  );
  const proceeds = await write('allocate-proceeds', '2016-09-01', {
    purpose: 'victims-compensation',
    amount: euro(4_000_000),
  });
  await write('allocate-proceeds', '2016-09-01', {
    purpose: 'social',
    amount: euro(5_000_000),
    recipient: { kind: 'municipality', name: words('Comune di Forlì') },
  });
  await write('compensate-victims', '2017-02-01', { amount: euro(3_500_000), victims: 4, proceeds, names: CANARY });
}
