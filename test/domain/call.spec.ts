import { aggregates, idFrom, rankingOf } from '#domain';
import type { Asset, Call, JsonObject, Organisation } from '#domain';
import {
  AT, BEFORE, DEADLINE, LATER, about, afterwards, allScores, anna, appointment, assetAfter, award, closed, criteria, draft, drafted, inTime, land, luca, mare, ofAnna, ofLuca, ofMare,
  ofTerra, opening, organisationsOf, published, scored, sole, submission, submitted, suspended, terra, underEvaluation, unverified, verified, villa,
} from './calls'; // prettier-ignore
import { entry } from './specification';
import { approver, officer, streamOf } from './stream-specification';
import type { StreamFact } from './stream-specification';

const given = streamOf('call');
const today = '2026-06-15';
const stateOf = (...facts: StreamFact[]): Call => given(...facts).situation.state!;

describe('a call', () => {
  const around = (asset: Asset | undefined, earlier?: Call) => ({
    consulted: { asset: new Map([villa, land].map((id) => [id, asset])), call: new Map([[idOfEarlier, earlier]]) },
  });
  const idOfEarlier = idFrom('call', 'IT', 'key', 'earlier');
  const seized = assetAfter('AssetSeized');
  const drafting = (data: JsonObject, asset = seized) => given().when('CallDrafted', today, data, around(asset));

  it('is drafted for assets in the register', () => {
    drafting(draft).then(({ state }) => expect(state).toMatchObject({ status: 'draft', draftedBy: officer }));
    given().when('CallDrafted', today, draft, around(undefined)).thenRefused('asset-not-callable', { asset: villa });
    drafting(draft, assetAfter('AssetSeized', 'SeizureRevoked')).thenRefused('asset-not-callable');
  });
  it('has criteria that can be told apart', () =>
    drafting({ ...draft, criteria: [criteria[0]!, criteria[0]!] }).thenRefused('criterion-repeated', {
      criterion: 'impact',
    }));
  it.each(['2026-06-30', '2026-06-30T12:00:00', '2026-02-30T12:00:00+02:00', '2026-06-30T24:00:00Z', '2026-06-30T12:00:00+25:00'])(
    'has a deadline that is one instant, not %s', (deadline) => drafting({ ...draft, deadline }).thenRefused('malformed-entry'),
  ); // prettier-ignore

  const repeating = (earlier: Call | undefined, assets = [villa]) =>
    given().when('CallDrafted', today, { ...draft, assets, repeats: idOfEarlier }, around(seized, earlier));
  it('repeats an earlier one of the same asset that has ended', () => {
    const cancelled = { ...stateOf(drafted()), status: 'cancelled' as const };
    repeating(cancelled).then(({ state }) => expect(state?.repeats).toBe(idOfEarlier));
    repeating(undefined).thenRefused('no-such-call');
    repeating(stateOf(drafted(), published)).thenRefused('call-not-repeated', { status: 'published' });
    repeating(cancelled, [land]).thenRefused('call-not-repeated', { common: false });
  });

  it('is published by a second person (rule 6)', () => {
    given(drafted())
      .when('CallPublished', today, {}, { by: approver })
      .then(({ state }) => expect(state).toMatchObject({ status: 'published', publishedOn: today }));
    given(drafted()).when('CallPublished', today).thenRefused('same-person');
  });
  it('is published before its deadline', () =>
    given(drafted()).when('CallPublished', today, {}, { by: approver, at: AT }).thenRefused('call-deadline-passed'));
  it('keeps its criteria from the publication on', () =>
    given(drafted(), published).when('CallDrafted', today, draft, around(seized)).thenRefused('already-opened'));
  it('is published once', () =>
    given(drafted(), published)
      .when('CallPublished', today, {}, { by: approver })
      .thenRefused('call-at-other-stage', { status: 'published' }));

  const question = { question: 'May two organisations apply together?', answer: 'Yes.' };
  it('is explained in public until the deadline', () => {
    given(drafted(), published).when('CallClarified', today, question, { at: BEFORE }).then();
    given(drafted(), published)
      .when('CallClarified', today, question, { at: AT })
      .thenRefused('call-deadline-passed', { deadline: DEADLINE });
    given(drafted()).when('CallClarified', today, question).thenRefused('call-at-other-stage');
  });
});

describe('Rule 9: an application', () => {
  const open = given(drafted(), published);

  it('is taken until the last instant before the deadline, and not at it', () => {
    open
      .when('ApplicationSubmitted', today, submission(terra), inTime)
      .then(({ state }) => expect(state?.applications).toMatchObject([{ organisation: terra, status: 'sealed' }]));
    open
      .when('ApplicationSubmitted', today, submission(terra), { ...inTime, at: AT })
      .thenRefused('call-deadline-passed', { now: AT });
  });
  it('is not taken where the log would show it after the deadline', () =>
    given(drafted(), { ...published, at: AT })
      .when('ApplicationSubmitted', today, submission(terra), inTime)
      .thenRefused('call-deadline-passed'));
  it('is not taken before publication', () =>
    given(drafted())
      .when('ApplicationSubmitted', today, submission(terra), inTime)
      .thenRefused('call-at-other-stage', { status: 'draft' }));
  it('holds nothing that can be read', () =>
    open
      .when('ApplicationSubmitted', today, { ...submission(terra), text: 'We are Terra.' }, inTime)
      .thenRefused('malformed-entry'));
  it('is sealed as the call asks', () =>
    open
      .when('ApplicationSubmitted', today, submission(terra, { scheme: 'plain' }), inTime)
      .thenRefused('sealing-differs'));
  it('stands once for each organisation', () => {
    const applied = [drafted(), published, submitted(terra)];
    given(...applied)
      .when('ApplicationSubmitted', today, submission(terra), inTime)
      .thenRefused('already-applied', { application: entry(2) });
    given(...applied)
      .when('ApplicationSubmitted', today, submission(mare), inTime)
      .then();
    given(...applied, about('ApplicationWithdrawn', entry(2)))
      .when('ApplicationSubmitted', today, submission(terra), inTime)
      .then();
  });
  it('comes from a verified organisation that is not suspended (rule 5)', () => {
    const from = (organisation: Organisation | undefined) =>
      open.when('ApplicationSubmitted', today, submission(terra), {
        at: BEFORE,
        consulted: organisationsOf(organisation),
      });
    from(verified).then();
    from(undefined).thenRefused('applicant-not-registered');
    from(suspended).thenRefused('applicant-not-entitled', { standing: 'suspended' });
    if (aggregates.organisation.commands.has('verify-organisation'))
      from(unverified).thenRefused('applicant-not-entitled', { standing: 'not verified' });
  });
  it('is withdrawn before the deadline', () => {
    const applied = given(drafted(), published, submitted(terra));
    const withdraw = { application: entry(2) };
    applied.when('ApplicationWithdrawn', today, withdraw, { at: BEFORE }).then(({ state }) =>
      expect(state?.applications).toMatchObject([{ status: 'withdrawn' }]),
    ); // prettier-ignore
    applied.when('ApplicationWithdrawn', today, withdraw, { at: AT }).thenRefused('call-deadline-passed');
    applied.when('ApplicationWithdrawn', today, { application: entry(1) }).thenRefused('no-such-application');
    given(drafted(), published, submitted(terra), about('ApplicationWithdrawn', entry(2)))
      .when('ApplicationWithdrawn', today, withdraw)
      .thenRefused('application-decided', { status: 'withdrawn' });
  });
});

describe('Rule 9: the opening', () => {
  const applied = [drafted(), published, submitted(terra), submitted(mare), submitted(sole), about('ApplicationWithdrawn', entry(4))]; // prettier-ignore
  const date = '2026-07-01';
  const rows = opening([ofTerra, terra], [ofMare, mare]);

  it('comes after closing, which comes after the deadline', () => {
    given(...applied)
      .when('CallClosed', today, {}, { at: BEFORE })
      .thenRefused('call-deadline-not-reached');
    given(...applied).when('CallClosed', today, {}, { at: AT }).then(({ state }) => expect(state?.status).toBe('closed')); // prettier-ignore
    given(...applied)
      .when('ApplicationsOpened', date, rows, afterwards)
      .thenRefused('call-at-other-stage');
  });
  it('opens all standing applications together', () => {
    given(...applied, closed)
      .when('ApplicationsOpened', date, rows, afterwards)
      .then(({ state }) => {
        expect(state?.applications.map(({ status }) => status)).toEqual(['opened', 'opened', 'withdrawn']);
        expect(state?.releasedKey).toBe('ef'.repeat(32));
      });
  });
  it.each([
    ['leaves one out', opening([ofTerra, terra])],
    ['names another organisation', opening([ofTerra, terra], [ofMare, sole])],
    ['opens a withdrawn one', opening([ofTerra, terra], [ofMare, mare], [entry(4), sole])],
    ['lists one twice', opening([ofTerra, terra], [ofTerra, terra])],
  ])('never %s', (_, wrong) =>
    given(...applied, closed)
      .when('ApplicationsOpened', date, wrong, afterwards)
      .thenRefused('opening-incomplete'),
  );
});

describe('admission', () => {
  const opened = underEvaluation().slice(0, 6);
  const excluded = { ground: 'off-object', reason: 'It asks for another asset.' };
  it('or exclusion is decided after the opening', () => {
    given(...opened).when('ApplicationAdmitted', '2026-07-02', { application: ofTerra }, afterwards).then(); // prettier-ignore
    given(...opened).when('ApplicationExcluded', '2026-07-02', { application: ofTerra, ...excluded }, afterwards).then(); // prettier-ignore
    given(...opened.slice(0, 5))
      .when('ApplicationAdmitted', '2026-07-02', { application: ofTerra }, afterwards)
      .thenRefused('call-at-other-stage', { status: 'closed' });
  });
  it('says why not', () =>
    given(...opened)
      .when('ApplicationExcluded', '2026-07-02', { application: ofTerra, ground: 'other' }, afterwards)
      .thenRefused('malformed-entry'));
  it('is decided once, or replaced by the opposite', () => {
    const admitted = given(...opened, about('ApplicationAdmitted', ofTerra));
    admitted.when('ApplicationAdmitted', '2026-07-03', { application: ofTerra }, afterwards).thenRefused('application-decided'); // prettier-ignore
    admitted.when('ApplicationExcluded', '2026-07-03', { application: ofTerra, ...excluded }, afterwards).then();
  });
});

describe('Rule 6: evaluators', () => {
  const date = '2026-07-03';
  const evaluated = given(...underEvaluation());
  const points = { application: ofTerra, criterion: 'impact', points: 30 };
  const recused: StreamFact = {
    type: 'EvaluatorRecused',
    on: date,
    data: { appointment: ofAnna, interest: 'kinship' },
  };

  it('are appointed once, by somebody else', () => {
    given(...underEvaluation().slice(0, 8))
      .when('EvaluatorAppointed', date, appointment(anna), afterwards)
      .then();
    evaluated.when('EvaluatorAppointed', date, appointment(anna), afterwards).thenRefused('evaluator-known');
    given(...underEvaluation().slice(0, 8))
      .when('EvaluatorAppointed', date, appointment(anna), { at: LATER, by: anna })
      .thenRefused('same-person');
  });
  it('score admitted applications, signed in as themselves', () => {
    evaluated.when('ApplicationScored', date, points, { at: LATER, by: anna }).then(({ state }) =>
      expect(state?.scores).toEqual([{ application: ofTerra, criterion: 'impact', evaluator: ofAnna, points: 30 }]),
    ); // prettier-ignore
    evaluated.when('ApplicationScored', date, points, afterwards).thenRefused('not-an-evaluator');
    const sameName = { ...anna, agency: 'Prefettura' };
    evaluated.when('ApplicationScored', date, points, { at: LATER, by: sameName }).thenRefused('not-an-evaluator');
    given(...underEvaluation().filter(({ data }, place) => place !== 7 || data.application !== ofMare))
      .when('ApplicationScored', date, { ...points, application: ofMare }, { at: LATER, by: anna })
      .thenRefused('application-not-admitted', { status: 'opened' });
  });
  it('score within the criteria and maxima of the call', () => {
    const score = (over: JsonObject) =>
      evaluated.when('ApplicationScored', date, { ...points, ...over }, { at: LATER, by: anna });
    score({ points: 0 }).then();
    score({ points: 31 }).thenRefused('score-beyond-maximum', { points: 31, maximum: 30 });
    score({ points: -1 }).thenRefused('malformed-entry');
    score({ points: 1.5 }).thenRefused('malformed-entry');
    score({ criterion: 'sympathy' }).thenRefused('no-such-criterion', { criterion: 'sympathy' });
    score({ application: entry(0) }).thenRefused('no-such-application');
  });
  it('replace a score visibly', () =>
    given(...underEvaluation(), scored(anna, ofTerra, 'impact', 10), scored(luca, ofTerra, 'impact', 5))
      .when('ApplicationScored', date, points, { at: LATER, by: anna })
      .then(({ state, revision }) => {
        expect(state?.scores.map(({ points: given }) => given)).toEqual([5, 30]);
        expect(revision).toBe(12);
      }));
  it('who declare an interest score no more, and their scores do not count', () => {
    const stepped = given(...underEvaluation(), ...allScores, recused);
    stepped.when('ApplicationScored', date, points, { at: LATER, by: anna }).thenRefused('interest-declared', { appointment: ofAnna }); // prettier-ignore
    const [first] = rankingOf(stepped.situation.state!);
    expect(first).toMatchObject({ application: ofMare, points: [{ sum: 20 }, { sum: 7 }] });
  });
  it('who declare an interest decide nothing else in the call either', () => {
    const around = { at: LATER, by: anna };
    const stepped = given(...underEvaluation(), ...allScores, recused);
    const why = { reason: 'Not needed.' };
    stepped.when('CallAwarded', date, award, around).thenRefused('interest-declared');
    stepped.when('CallCancelled', date, why, around).thenRefused('interest-declared');
    stepped.when('CallDeserted', date, {}, around).thenRefused('interest-declared');
    stepped.when('ApplicationExcluded', date, { application: ofTerra, ground: 'other', ...why }, around).thenRefused('interest-declared'); // prettier-ignore
    stepped.when('EvaluatorAppointed', date, appointment(officer), around).thenRefused('interest-declared');
    given(...underEvaluation().slice(0, 6), ...underEvaluation().slice(8), { ...recused, data: { appointment: entry(6), interest: 'other' } })
      .when('ApplicationAdmitted', date, { application: ofTerra }, around).thenRefused('interest-declared'); // prettier-ignore
  });
  it('step back once, and are known', () => {
    evaluated.when('EvaluatorRecused', date, recused.data, { at: LATER, by: anna }).then();
    given(...underEvaluation(), recused).when('EvaluatorRecused', date, recused.data, afterwards).thenRefused('interest-declared'); // prettier-ignore
    evaluated.when('EvaluatorRecused', date, { appointment: ofTerra, interest: 'other' }, afterwards).thenRefused('no-such-evaluator'); // prettier-ignore
    expect(ofLuca).not.toBe(ofAnna);
  });
});

describe('the outcome', () => {
  const date = '2026-07-10';
  const complete = [...underEvaluation(), ...allScores];
  const [best, second] = award.ranking as readonly [JsonObject, JsonObject];
  const excluding = (application: string) => about('ApplicationExcluded', application, { ground: 'incomplete', reason: 'No plan.' }); // prettier-ignore

  it('is an award that follows from the scores', () =>
    given(...complete)
      .when('CallAwarded', date, award, afterwards)
      .then(({ state }) => expect(state).toMatchObject({ status: 'awarded', awardedTo: ofMare })));
  it.each([
    ['in another order', { ranking: [second, best] }],
    ['with other points', { ranking: [{ ...best, points: [{ criterion: 'impact', sum: 41 }, { criterion: 'plan', sum: 14 }] }, second] }],
    ['with another total', { ranking: [{ ...best, weightedTotal: { numerator: '160', denominator: '2' } }, second] }],
    ['without an application', { ranking: [best] }],
    ['with another number of evaluators', { evaluators: 3 }],
  ])('is no award %s', (_, wrong) =>
    given(...complete).when('CallAwarded', date, { ...award, ...wrong }, afterwards).thenRefused('ranking-differs'),
  ); // prettier-ignore
  it('passes over the first only with a reason', () => {
    const other = { ...award, awardedTo: ofTerra };
    given(...complete)
      .when('CallAwarded', date, other, afterwards)
      .thenRefused('award-skips-first', { first: ofMare });
    given(...complete)
      .when('CallAwarded', date, { ...other, reason: 'The first renounced.' }, afterwards)
      .then();
    given(...complete).when('CallAwarded', date, { ...award, awardedTo: entry(0) }, afterwards).thenRefused('no-such-application'); // prettier-ignore
  });
  it('waits for every score', () => {
    given(...underEvaluation(), ...allScores.slice(1))
      .when('CallAwarded', date, award, afterwards)
      .thenRefused('scores-missing', { application: ofTerra, criterion: 'impact', evaluator: ofAnna });
    given(...underEvaluation().slice(0, 8))
      .when('CallAwarded', date, award, afterwards)
      .thenRefused('scores-missing', { active: 0 });
  });
  it('waits for a decision on every application', () =>
    given(...underEvaluation().filter((_, place) => place !== 7))
      .when('CallAwarded', date, award, afterwards)
      .thenRefused('applications-undecided', { undecided: 1 }));
  it('never goes to an excluded application', () => {
    const alone = { ...award, ranking: [second], awardedTo: ofMare, reason: 'Better known.' };
    given(...complete, excluding(ofMare)).when('CallAwarded', date, alone, afterwards).thenRefused('application-not-admitted'); // prettier-ignore
  });
  it('is desertion where nobody is admitted', () => {
    given(drafted(), published, closed).when('CallDeserted', date, {}, afterwards).then();
    given(...underEvaluation(), excluding(ofTerra), excluding(ofMare))
      .when('CallDeserted', date, {}, afterwards)
      .then();
    given(...complete)
      .when('CallDeserted', date, {}, afterwards)
      .thenRefused('applications-admitted', { admitted: 2 });
    given(drafted(), published, submitted(terra), closed)
      .when('CallDeserted', date, {}, afterwards)
      .thenRefused('applications-undecided');
  });
  it('is cancellation with a reason, before the award', () => {
    const why = { reason: 'The confiscation was set aside.' };
    given(drafted()).when('CallCancelled', today, why).then(({ state }) => expect(state?.status).toBe('cancelled')); // prettier-ignore
    given(...complete)
      .when('CallCancelled', date, why, afterwards)
      .then();
    given(...complete)
      .when('CallCancelled', date, {}, afterwards)
      .thenRefused('malformed-entry');
    given(...complete, { type: 'CallAwarded', on: date, data: award })
      .when('CallCancelled', date, why, afterwards)
      .thenRefused('call-at-other-stage', { status: 'awarded' });
  });
});
