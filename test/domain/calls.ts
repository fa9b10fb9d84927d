import { aggregates, assetIdFrom, emptyDossier, idFrom } from '#domain';
import type { Actor, Asset, Consulted, Instant, JsonObject, Organisation } from '#domain';
import { entry, fact, recorded } from './specification';
import { approver, officer } from './stream-specification';
import type { Around, StreamFact } from './stream-specification';

/** Builders for the specifications of calls. */

export const villa = assetIdFrom('IT', 'it-anbsc', 'villa');
export const land = assetIdFrom('IT', 'it-anbsc', 'land');
export const terra = idFrom('organisation', 'IT', 'it-runts', 'terra');
export const mare = idFrom('organisation', 'IT', 'it-runts', 'mare');
export const sole = idFrom('organisation', 'IT', 'it-runts', 'sole');

export const DEADLINE = '2026-06-30T12:00:00+02:00';
export const BEFORE: Instant = '2026-06-30T09:59:59.999Z';
export const AT: Instant = '2026-06-30T10:00:00.000Z';
export const LATER: Instant = '2026-07-15T10:00:00.000Z';

export const anna: Actor = { subject: 'anna', agency: 'Comune', role: 'evaluator' };
export const luca: Actor = { subject: 'luca', agency: 'Comune', role: 'evaluator' };

/** Criteria whose maxima differ, so that a mean over them is no round number. */
export const criteria = [
  { code: 'impact', words: 'What it does for people.', maximum: 30, weight: 60 },
  { code: 'plan', words: 'Whether it can be paid for.', maximum: 7, weight: 40 },
];

export const draft: JsonObject = {
  assets: [villa],
  object: 'A villa for social work',
  summary: 'We look for an organisation that opens the villa to the neighbourhood.',
  criteria,
  tieBreak: 'earliest',
  deadline: DEADLINE,
  sealing: { scheme: 'threshold-x25519', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
};

export const drafted = (over: JsonObject = {}): StreamFact => ({
  type: 'CallDrafted',
  on: '2026-05-01',
  data: { ...draft, ...over },
});
export const published: StreamFact = { type: 'CallPublished', on: '2026-05-02', data: {}, by: approver };

const digest = 'cd'.repeat(32);
export const submission = (organisation: string, over: JsonObject = {}): JsonObject => ({
  organisation,
  sealed: { scheme: 'threshold-x25519', ciphertext: { sha256: digest, size: 4096 }, digest, ...over },
});
export const submitted = (organisation: string): StreamFact => ({
  type: 'ApplicationSubmitted',
  on: '2026-06-01',
  data: submission(organisation),
});

export const about = (type: string, application: string, more: JsonObject = {}): StreamFact => ({
  type,
  on: '2026-07-02',
  data: { application, ...more },
});
export const closed: StreamFact = { type: 'CallClosed', on: '2026-07-01', data: {}, at: AT };

export const opening = (...rows: readonly (readonly [application: string, organisation: string])[]): JsonObject => ({
  custodians: ['Comune', 'Prefettura'],
  releasedKey: 'ef'.repeat(32),
  applications: rows.map(([application, organisation]) => ({ application, organisation })),
});

export const appointment = ({ subject: login, agency }: Actor): JsonObject => ({
  account: { login, agency },
  name: 'Anna Verdi',
});

/** The applications and appointments of the call below, by the entries that recorded them. */
export const ofTerra = entry(2);
export const ofMare = entry(3);
export const ofAnna = entry(8);
export const ofLuca = entry(9);

/** A call with two admitted applications and two evaluators. */
export const underEvaluation = (over: JsonObject = {}): StreamFact[] => [
  drafted(over),
  published,
  submitted(terra),
  submitted(mare),
  closed,
  { type: 'ApplicationsOpened', on: '2026-07-01', data: opening([ofTerra, terra], [ofMare, mare]), at: AT },
  about('ApplicationAdmitted', ofTerra),
  about('ApplicationAdmitted', ofMare),
  { type: 'EvaluatorAppointed', on: '2026-07-02', data: appointment(anna) },
  { type: 'EvaluatorAppointed', on: '2026-07-02', data: appointment(luca) },
];

export const scored = (by: Actor, application: string, criterion: string, points: number): StreamFact => ({
  ...about('ApplicationScored', application, { criterion, points }),
  by,
});

/** Every score of two evaluators: Terra 50 of 60 and 5 of 14 points, Mare 40 of 60 and 14 of 14. */
export const allScores: readonly StreamFact[] = [
  scored(anna, ofTerra, 'impact', 30),
  scored(luca, ofTerra, 'impact', 20),
  scored(anna, ofTerra, 'plan', 2),
  scored(luca, ofTerra, 'plan', 3),
  scored(anna, ofMare, 'impact', 20),
  scored(luca, ofMare, 'impact', 20),
  scored(anna, ofMare, 'plan', 7),
  scored(luca, ofMare, 'plan', 7),
];

/** Mare: 60 × 40/60 + 40 × 14/14 = 80. Terra: 60 × 50/60 + 40 × 5/14 = 450/7. */
export const award: JsonObject = {
  ranking: [
    {
      application: ofMare,
      points: [
        { criterion: 'impact', sum: 40 },
        { criterion: 'plan', sum: 14 },
      ],
      weightedTotal: { numerator: '80', denominator: '1' },
    },
    {
      application: ofTerra,
      points: [
        { criterion: 'impact', sum: 50 },
        { criterion: 'plan', sum: 5 },
      ],
      weightedTotal: { numerator: '450', denominator: '7' },
    },
  ],
  evaluators: 2,
  awardedTo: ofMare,
};

/** A verified organisation, also where this version of the registry does not verify yet. */
const applicant = {
  kind: 'civil-society' as const,
  name: 'Terra Buona',
  identifiers: [],
  registeredOn: '2020-03-01',
  describedBy: [],
  verified: { on: '2020-04-01' },
};

export const organisationsOf = (organisation: Organisation | undefined): Partial<Consulted> => ({
  organisation: new Map([terra, mare, sole].map((id) => [id, organisation])),
});
export const verified: Organisation = applicant;
export const suspended: Organisation = (({ ...all }) => all)({
  ...applicant,
  suspended: { on: '2026-01-01', reason: 'x' },
});
export const unverified: Organisation = (({ verified: _, ...rest }) => rest)(applicant);

export const assetAfter = (...types: readonly string[]): Asset | undefined =>
  types
    .map((type, place) =>
      recorded(fact(type, '2015-03-12', type === 'AssetSeized' ? { kind: 'company' } : { extent: 'whole' }), place),
    )
    .reduce(aggregates.asset.evolve, emptyDossier).asset;

/** In time to apply, with the applicants in good standing. */
export const inTime: Around = { at: BEFORE, consulted: organisationsOf(verified) };
export const afterwards: Around = { at: LATER, by: officer };
