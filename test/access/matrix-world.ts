import { assetIdFrom, derivedUuid, idFrom, streamName } from '#domain';
import type { JsonObject, StreamKind } from '#domain';
import { drafted, published, submitted } from '../domain/calls';
import { recordedIn } from '../domain/stream-specification';
import type { StreamFact } from '../domain/stream-specification';
import type { Person, TestRegistry } from './registry';

/** What the matrix is asked about: one stream of each kind, kept by one agency, and people who stand in every relation to it. */

export const KEEPER = 'ANBSC';
const OTHER = 'MEF';
const AREA = '082053';
export const ORGANISATION = idFrom('organisation', 'IT', 'it-runts', 'own');
const STRANGER = idFrom('organisation', 'IT', 'it-runts', 'stranger');

/** What is written in restricted and in personal fields: an answer that has it shows them. */
export const RESTRICTED = 'Canary that is restricted';
export const PERSONAL = 'Canary that is personal';

const asset = assetIdFrom('IT', 'it-anbsc', 'matrix');
const call = idFrom('call', 'IT', 'test', 'matrix');
const dialogue = idFrom('dialogue', 'IT', 'test', 'matrix');
const group = idFrom('group', 'IT', 'test', 'matrix');
const annualReturn = idFrom('return', 'IT', 'year', '2019');

const entryOf = (kind: StreamKind, id: string, place: number): string => derivedUuid(streamName(kind, id), place);
/** Entries that members of the organisation may name as theirs. */
export const OPENING = entryOf('asset', asset, 0);
export const PLEDGE = entryOf('asset', asset, 2);
export const APPLICATION = entryOf('call', call, 2);

const fact = (type: string, data: JsonObject): StreamFact => ({ type, on: '2020-03-01', data });
const location = {
  country: 'IT',
  region: { code: '19', name: 'Sicilia' },
  province: { code: '082', name: 'Palermo' },
  municipality: { code: AREA, name: 'Palermo' },
};
const assignee = { organisation: ORGANISATION, name: 'Cooperativa' };
const agreement = { proposal: derivedUuid('none'), act: {}, object: 'Housing', from: '2020-03-01', to: '2040-03-01', charge: 'free', renewable: true }; // prettier-ignore
const pledge = { supporter: assignee, kind: 'money', amount: { minor: 100, currency: 'EUR' } };
const question = { kind: 'question', report: 'register', addressedTo: KEEPER, text: PERSONAL };
const evaluator = { account: { login: 'other', agency: KEEPER }, name: PERSONAL, expertise: RESTRICTED };

/** The streams and their facts. They are put into the log as they are: what is asked here is not whether they are lawful. */
const streams: readonly [kind: StreamKind, id: string, facts: readonly StreamFact[]][] = [
  ['asset', asset, [fact('AssetSeized', { kind: 'real-estate', location, protectedAddress: RESTRICTED, formerHolder: PERSONAL }), fact('AgreementSigned', { ...assignee, ...agreement }), fact('SupportPledged', pledge)]],
  ['organisation', ORGANISATION, [fact('OrganisationRegistered', { kind: 'civil-society', name: 'Cooperativa', representative: PERSONAL }), fact('OrganisationVerified', { note: RESTRICTED })]],
  ['organisation', STRANGER, [fact('OrganisationRegistered', { kind: 'civil-society', name: 'Altra' })]],
  ['call', call, [drafted(), published, submitted(ORGANISATION), fact('EvaluatorAppointed', evaluator)]],
  ['dialogue', dialogue, [fact('QuestionAsked', question)]],
  ['return', annualReturn, [fact('AnnualReturnRequested', { year: '2019' }), fact('AnnualReturnPrepared', { year: '2019', position: 1, digest: 'ab'.repeat(32), figures: { scheme: 1, year: '2019', undated: 0, figures: [] } })]],
  ['group', group, [fact('GroupFormed', { name: 'Tavolo', aims: 'Reuse', quorumPercent: 50 })]],
]; // prettier-ignore

export interface World {
  /** The stream of each kind that requests are about. */
  readonly ids: Readonly<Record<StreamKind, string>>;
  readonly columns: readonly Column[];
}

/** Somebody in a relation to the streams. */
export interface Column {
  readonly code: string;
  readonly words: string;
  /** Undefined for a visitor. */
  readonly person: Person | undefined;
}

export async function aWorld(registry: TestRegistry): Promise<World> {
  const { store } = registry;
  const person: TestRegistry['person'] = (data, ...roles) => registry.person(data, ...roles);
  for (const [kind, id, facts] of streams) {
    const events = facts.map((each, place) => {
      const { type, version, data, metadata } = recordedIn(kind, each, place);
      const commandId = derivedUuid('command', id, place);
      return { id: entryOf(kind, id, place), type, version, data, metadata: { ...metadata, commandId } };
    });
    await store.append(streamName(kind, id), events, 'no-stream');
  }
  const agencyRole = (role: string, agency: string, more: JsonObject = {}) =>
    person({ agency }, { role, agency, ...more });
  const pair = async (role: string, code: string): Promise<Column[]> => [
    { code: `${code}+`, words: `${role} of the agency that keeps it`, person: await agencyRole(role, KEEPER) },
    { code: `${code}-`, words: `${role} of another agency`, person: await agencyRole(role, OTHER) },
  ];
  const officer = await agencyRole('officer', KEEPER);
  const approver = await agencyRole('approver', KEEPER);
  const suspended = await agencyRole('officer', KEEPER);
  await registry.suspend(suspended);
  const bystander = await person({ agency: KEEPER });
  const columns: Column[] = [
    { code: 'VI', words: 'visitor: nobody is signed in', person: undefined },
    { code: 'NO', words: 'account with no role', person: bystander },
    { code: 'SU', words: 'suspended officer of the agency that keeps it', person: suspended },
    { code: 'O+', words: 'officer of the agency that keeps it', person: officer },
    { code: 'Oa', words: 'the same, for the area it lies in alone', person: await agencyRole('officer', KEEPER, { areas: [AREA] }) },
    { code: 'Ox', words: 'the same, for another area alone', person: await agencyRole('officer', KEEPER, { areas: ['087015'] }) },
    { code: 'O-', words: 'officer of another agency', person: await agencyRole('officer', OTHER) },
    { code: 'OT', words: 'O+ by a token to read what is restricted', person: registry.proofOf({ account: officer.account, by: 'token', scopes: ['read-restricted'] }) },
    { code: 'OR', words: 'O+ by a token to record', person: registry.proofOf({ account: officer.account, by: 'token', scopes: ['record'] }) },
    ...(await pair('approver', 'A')),
    { code: 'A1', words: 'A+ by password alone', person: registry.proofOf({ account: approver.account, by: 'session', secondFactor: false }) },
    ...(await pair('evaluator', 'E')),
    ...(await pair('moderator', 'M')),
    ...(await pair('auditor', 'U')),
    { code: 'U*', words: 'auditor of all agencies', person: await person({ agency: OTHER }, { role: 'auditor' }) },
    { code: 'AD', words: 'administrator', person: await person({ agency: OTHER }, { role: 'administrator' }) },
    { code: 'G+', words: 'member of the organisation concerned', person: await person({ organisation: ORGANISATION }, { role: 'organisation-member' }) },
    { code: 'G-', words: 'member of another organisation', person: await person({ organisation: STRANGER }, { role: 'organisation-member' }) },
  ]; // prettier-ignore
  const { account } = await person({ agency: KEEPER, displayName: PERSONAL });
  return { ids: { asset, organisation: ORGANISATION, call, dialogue, group, account, return: annualReturn }, columns };
}
