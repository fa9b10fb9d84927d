import { Type } from '@sinclair/typebox';
import type { Static, TObject, TSchema } from '@sinclair/typebox';
import { legalForms, moderationOutcomes, organisationKinds, reports, representedCircles, tieBreaks } from '#domain';
import {
  LISTED_OF_ONE,
  callStates,
  contributionKinds,
  recommendationStates,
  standings,
  threadStates,
} from '#read-models';
import { asOf, exact } from '../api/reports/schemas/common';
import { code, count, day, nullable, position, provenance, text } from '../api/schema-parts';

/** The shapes of the answers on organisations, calls, dialogue and groups: types and JSON Schemas are both made from them. */

const instant = (description: string) => Type.String({ format: 'date-time', description });
const ref = (name: string) => Type.Unsafe<object>({ $ref: `#/components/schemas/${name}` });
const list = (item: TSchema, description?: string) =>
  Type.Array(item, description === undefined ? {} : { description });
const revision = Type.Integer({ minimum: 0, description: 'Revision of its last entry.' });
const open = (description: string) => Type.Unsafe<object>({ type: 'object', additionalProperties: true, description });
const page = (name: string, of: string, description: string) =>
  Type.Object({ asOf, [name]: list(ref(of)), total: count('How many match in all.'), position }, { description });
const detailed = (summary: TObject, properties: Record<string, TSchema>, description: string) =>
  Type.Object({ asOf, ...summary.properties, ...properties }, { description });

const act = open('The act: authority, number, date, title, url, as far as they are known.');
const document = Type.Object({ sha256: text(), title: text(), number: nullable(text()), date: nullable(day()) });
const named = Type.Object({ id: text('Registry id.'), name: nullable(text()) });

const callSummary = Type.Object(
  {
    id: text('Id of the call.'),
    state: code(callStates, 'Where it stands now; `closing` is open with few days left, `closed` awaits the outcome.'),
    object: text('What it is for, in one line.'),
    summary: text('What it is about in plain language.'),
    authority: text('Code of the authority that published it.'),
    publishedOn: nullable(day()),
    deadline: instant('From this instant on no application is taken.'),
    repeats: nullable(text('The earlier call this one repeats.')),
    assets: count('How many assets it is for.'),
    applications: count('Applications handed in and not withdrawn.'),
    awardedTo: nullable(named),
    endedOn: nullable(day()),
    provenance,
  },
  { description: 'A published call as a line of the list.' },
); // prettier-ignore

const criterion = Type.Object({
  code: text(),
  words: text('What is judged.'),
  maximum: Type.Integer({ description: 'The most points an evaluator can give.' }),
  weight: Type.Integer({ description: 'What full points add to the total.' }),
});

const callSchema = detailed(
  callSummary,
  {
    assetIds: list(text('Registry id.'), 'The assets to be assigned.'),
    criteria: list(criterion),
    tieBreak: code(tieBreaks, 'How applications with the same total are put in order.'),
    sealingScheme: text('How applications are sealed.'),
    notice: nullable(text('Where the authority published it.')),
    clarifications: list(
      Type.Object({ id: text(), on: nullable(day()), question: text(), answer: text() }),
      'Questions answered for everybody alike.',
    ),
    applicationList: list(
      Type.Object({
        id: text('The entry that recorded it.'),
        receivedAt: instant('When it was handed in, by the clock of the server.'),
        sha256: text('Digest of the sealed file.'),
        status: code(['sealed', 'withdrawn', 'opened', 'admitted', 'excluded'], 'Where it stands.'),
        organisation: nullable(named),
        excluded: nullable(Type.Object({ ground: text(), reason: text() })),
      }),
      'In the order they were handed in. Who applied is known from the opening on.',
    ),
    opening: nullable(
      Type.Object({
        on: nullable(day()),
        custodians: list(text()),
        releasedKey: text('Digest of the released key; the seed of a draw.'),
      }),
    ),
    evaluators: list(
      Type.Object({ id: text('The entry of the appointment.'), recused: nullable(text('The interest declared.')) }),
    ),
    evaluatorsCounted: nullable(count('How many evaluators’ points are in the sums.')),
    ranking: nullable(
      list(
        Type.Object({
          application: text(),
          points: list(Type.Object({ criterion: text(), sum: count('Points of all evaluators together.') })),
          weightedTotal: Type.Object({ numerator: text(), denominator: text() }),
        }),
        'The best first. A total is the sum over the criteria of weight × sum / (maximum × evaluatorsCounted), exact.',
      ),
    ),
    awardedApplication: nullable(text()),
    endedReason: nullable(text()),
    endedAct: nullable(act),
    attempts: list(
      Type.Object({ id: text(), repeats: nullable(text()), published: Type.Boolean() }),
      'The calls that repeat one another, the first first, this one among them.',
    ),
    revision,
    position,
  },
  'A published call with everything its page says.',
);

const organisationSummary = Type.Object(
  {
    id: text('Id of the organisation.'),
    kind: code(organisationKinds, 'What sort of body it is.'),
    name: text('Its name, as its statute or register has it.'),
    legalForm: nullable(code(legalForms, 'Its legal form.')),
    standing: code(standings, 'Whether it may be given an asset.'),
    registeredOn: nullable(day()),
    region: nullable(text('Region of its seat.')),
    province: nullable(text()),
    municipality: nullable(text()),
    identifiers: list(Type.Object({ scheme: text(), id: text() }), 'How others know it.'),
    holds: count('Agreements in force.'),
    held: count('Agreements that ended.'),
    renewals: count('How often its agreements were renewed.'),
    revocations: count('How many of its agreements were revoked.'),
    applications: count('Calls it applied to, since the applications were opened.'),
    awards: count('Calls it was awarded.'),
  },
  { description: 'An organisation as a line of the list.' },
);

const organisationSchema = detailed(
  organisationSummary,
  {
    legalFormInWords: nullable(text()),
    website: nullable(text()),
    aims: nullable(text('What it works for.')),
    verifiedOn: nullable(day()),
    owners: nullable(open('Its beneficial owners: on, owners (how many), basis, shares.')),
    suspended: nullable(open('Since when and why it is suspended.')),
    standingHistory: list(open('A change: id, type, on, reason, details, checks, act.'), 'What changed its standing.'),
    holdings: list(
      Type.Object({
        asset: text('Registry id.'),
        status: text('proposed, approved, rejected, signed or lapsed.'),
        call: nullable(text()),
        proposedOn: nullable(day()),
        object: nullable(text()),
        signedOn: nullable(day()),
        from: nullable(day('First day of the term that counts on the day of the answer.')),
        to: nullable(day()),
        renewal: nullable(Type.Object({ from: day(), to: day() }, { description: 'The term agreed to follow.' })),
        renewals: count('Renewals.'),
        suspended: Type.Boolean({ description: 'The agreement rests.' }),
        inForce: Type.Boolean(),
        inHands: Type.Boolean({ description: 'The asset is in its hands.' }),
        handedOverOn: nullable(day()),
        returnedOn: nullable(day()),
        endedOn: nullable(day()),
        endedCause: nullable(text()),
        endedReason: nullable(text()),
      }),
      `The assets it was to hold, holds or held: ${LISTED_OF_ONE} at most, those in force first. All assigned assets are in the list of assigned assets.`,
    ),
    holdingsInAll: count('How many such assets there are.'),
    appliedFor: list(Type.Object({ call: text(), status: text(), awarded: Type.Boolean() })),
    groups: list(Type.Object({ id: text(), name: text(), represents: text(), left: Type.Boolean() })),
    publicMoney: list(
      Type.Object({
        currency: text('ISO 4217 code.'),
        movements: count('Movements that name it as the supplier: /api/v1/money?supplier=… lists them.'),
        committed: exact('Committed.'),
        paid: exact('Paid, reversals taken off.'),
      }),
      'Public money it was promised and paid as a supplier of works and services for assets, by its name.',
    ),
    supportOffered: Type.Object(
      { pledges: count('Offers.'), accepted: count('Accepted, given or not.'), fulfilled: count('Given in full.') },
      { description: 'What it offered to assets, by its name: /api/v1/support?supporter=… lists it.' },
    ),
    revision,
    position,
  },
  'An organisation with everything its page says.',
);

const dialogueSummary = Type.Object(
  {
    id: text('Id of the thread.'),
    kind: code(contributionKinds, 'What sort of contribution.'),
    state: code(threadStates, 'Where the answer stands today; `none` where none is owed.'),
    asset: nullable(text('The asset it is about.')),
    call: nullable(text('The call it is about.')),
    report: nullable(code(reports, 'The report it is about.')),
    authority: text('Code of the authority that is to answer.'),
    askedOn: day(),
    dueOn: day('Last day on which an answer is in time.'),
    answeredOn: nullable(day('Day from which the first answer could be read.')),
    daysToAnswer: nullable(count('Days from the question to the first answer.')),
    moderation: nullable(code(moderationOutcomes, 'Null until a moderator has read it.')),
    text: nullable(text('What may be read of it.')),
    closed: nullable(text('Why it ended.')),
    provenance,
  },
  { description: 'A question, complaint or observation as a line of the list.' },
);

const dialogueSchema = detailed(
  dialogueSummary,
  {
    follows: nullable(text('The earlier thread it goes on from.')),
    moderated: nullable(open('The decision: id, on, outcome, reason, details, text, photos, organisation.')),
    answers: list(
      Type.Object({ id: text(), on: nullable(day()), at: instant('When it could be read here.'), agency: text(), text: text(), document: nullable(document) }),
    ),
    escalations: list(Type.Object({ to: text(), on: nullable(day()), details: nullable(text()) })),
    closedOn: nullable(day()),
    closedDetails: nullable(text()),
    revision,
    position,
  },
  'A thread with its answers.',
); // prettier-ignore

const groupSummary = Type.Object(
  {
    id: text('Id of the group.'),
    name: text(),
    aims: text('What it looks at.'),
    formedOn: nullable(day()),
    region: nullable(text()),
    province: nullable(text()),
    municipality: nullable(text()),
    members: count('Members who have not left.'),
    meetings: count('Meetings held.'),
    recommendations: count('Recommendations adopted.'),
    answered: count('Recommendations answered.'),
    overdue: count('Recommendations not answered by the day asked for.'),
    provenance,
  },
  { description: 'A group as a line of the list.' },
);

const groupSchema = detailed(
  groupSummary,
  {
    quorumPercent: Type.Integer({ description: 'Share of the members a meeting needs to decide, in percent.' }),
    act: nullable(act),
    memberships: list(
      Type.Object({
        id: text('The entry that admitted the member.'),
        represents: code(representedCircles, 'For whom the member speaks.'),
        organisation: nullable(named),
        from: nullable(day()),
        leftOn: nullable(day()),
        leftReason: nullable(text()),
      }),
      'Natural persons are here without their names.',
    ),
    meetingList: list(
      Type.Object({ id: text(), on: nullable(day()), place: text(), agenda: list(text()), present: list(text()), minutes: document }),
    ),
    recommendationList: list(
      Type.Object({
        id: text(),
        meeting: text(),
        adoptedOn: nullable(day()),
        addressedTo: text(),
        text: text(),
        answerBy: day(),
        state: code(recommendationStates, 'Where the answer stands today.'),
        votes: Type.Object({ inFavour: count('Votes.'), against: count('Votes.'), abstained: count('Votes.') }),
        answer: nullable(
          Type.Object({ id: text(), on: nullable(day()), at: instant('When it could be read here.'), outcome: text(), reasons: text(), answeringOffice: text(), document: nullable(document) }),
        ),
      }),
    ),
    revision,
    position,
  },
  'A group with its members, meetings and recommendations.',
); // prettier-ignore

const authorityAnswers = Type.Object({
  authority: text('Code of the authority.'),
  threads: count('Threads addressed to it.'),
  answered: count('Answered.'),
  late: count('Answered after the deadline.'),
  awaited: count('Not answered and still in time.'),
  overdue: count('Not answered and past the deadline.'),
  medianDays: nullable(Type.Number({ description: 'Median days to the first answer; null where none was given.' })),
});

const answering = Type.Object(
  { asOf, authorities: list(authorityAnswers), position },
  { description: 'How each authority answers.' },
);

export const civicSchemas = {
  CallSummary: callSummary,
  CallsPage: page('calls', 'CallSummary', 'A page of calls; its neighbours are in the Link header.'),
  Call: callSchema,
  OrganisationSummary: organisationSummary,
  OrganisationsPage: page('organisations', 'OrganisationSummary', 'A page of organisations.'),
  Organisation: organisationSchema,
  DialogueSummary: dialogueSummary,
  DialoguesPage: page('dialogues', 'DialogueSummary', 'A page of threads.'),
  Dialogue: dialogueSchema,
  Answering: answering,
  GroupSummary: groupSummary,
  GroupsPage: page('groups', 'GroupSummary', 'A page of groups.'),
  Group: groupSchema,
} as const;

export type CallSummary = Static<typeof callSummary>;
export type OrganisationSummary = Static<typeof organisationSummary>;
export type DialogueSummary = Static<typeof dialogueSummary>;
export type GroupSummary = Static<typeof groupSummary>;
