import { generic, italy } from '#domain';
import type { Effect, Process } from '#processes';
import { due, messageOf, noticeKinds, processesFor, travel } from '#processes';
import { officeLanguages, wordsFor } from '#web';
import type { JsonObject, LegalDate, RecordedEvent } from '#domain';
import fc from 'fast-check';
import { transferred } from '../domain/given-estate';
import { drafted, opening, published, terra, villa } from '../domain/calls';
import { entry, fact, recorded } from '../domain/specification';
import type { SpecifiedFact } from '../domain/specification';
import { approver, officer, recordedIn } from '../domain/stream-specification';
import type { StreamFact } from '../domain/stream-specification';

const [assets, calls, dialogues, groups, publication] = processesFor(italy, 'RPCT') as [
  Process,
  Process,
  Process,
  Process,
  Process,
];
const KEY = 'IT-TEST';

const folded = (process: Process, events: readonly RecordedEvent[]): unknown =>
  events.reduce<unknown>((state, event) => process.apply(state, event, KEY), undefined);

/** Given these facts, what is due at an instant. */
function given(process: Process, events: readonly RecordedEvent[]) {
  const effects = (at: string): readonly Effect[] => due(process, folded(process, events), KEY, at).effects;
  return {
    effects,
    /** In short, on the morning of a day: what it is and, of a command, its date. */
    on: (day: LegalDate): string[] =>
      effects(`${day}T08:00:00.000Z`).map((effect) =>
        effect.kind === 'notice' ? effect.notice : `${effect.command} ${effect.occurredOn}`,
      ),
  };
}

const asset = (...facts: SpecifiedFact[]) => given(assets, facts.map(recorded));
const stream =
  (process: Process, kind: 'call' | 'dialogue' | 'group') =>
  (...facts: StreamFact[]) =>
    given(
      process,
      facts.map((each, place) => recordedIn(kind, each, place)),
    );
const call = stream(calls, 'call');
const thread = stream(dialogues, 'dialogue');

const signed = (to: LegalDate, from = '2024-01-01'): SpecifiedFact[] => [
  ...transferred,
  fact('AssignmentProposed', '2023-12-01', { organisation: terra, name: 'Terra', directGround: 'Art. 48', reasons: 'Near.' }),
  fact('AssignmentApproved', '2023-12-02', { proposal: entry(5) }),
  fact('AgreementSigned', '2023-12-03', { proposal: entry(5), organisation: terra, name: 'Terra', act: { number: '1' }, object: 'Work', from, to, charge: 'free', renewable: true }),
]; // prettier-ignore

describe('an agreement', () => {
  it('is brought to mind 90 and 30 days before its end, and expires on the day after', () => {
    const agreed = asset(...signed('2026-12-31'));
    expect(agreed.on('2026-10-01')).toEqual([]);
    expect(agreed.on('2026-10-02')).toEqual(['agreement-ending']);
    expect(agreed.on('2026-12-01')).toEqual(['agreement-ending', 'agreement-ending']);
    expect(agreed.on('2026-12-31')).not.toContain('terminate-agreement 2027-01-01');
    expect(agreed.on('2027-01-01')).toContain('terminate-agreement 2027-01-01');
  });
  it('expires at midnight where the authority sits', () => {
    const agreed = asset(...signed('2026-12-31'));
    const commands = (at: string) => agreed.effects(at).filter(({ kind }) => kind === 'command').length;
    expect([commands('2026-12-31T22:59:59.999Z'), commands('2026-12-31T23:00:00.000Z')]).toEqual([0, 1]);
  });
  it('lives on when it is renewed, and ends earlier when it is amended so', () => {
    const renewal = { organisation: terra, name: 'Terra', act: {}, from: '2027-01-01', to: '2028-12-31' };
    expect(asset(...signed('2026-12-31'), fact('AgreementRenewed', '2026-11-01', renewal)).on('2027-06-01')).toEqual(
      [],
    );
    const amendment = { act: {}, details: 'Shorter.', to: '2025-06-30' };
    expect(
      asset(...signed('2026-12-31'), fact('AgreementAmended', '2025-01-01', amendment)).on('2025-07-01'),
    ).toContain('terminate-agreement 2025-07-01');
  });
  it('that ended is told of, however it was recorded, and asks for nothing more', () =>
    expect(
      asset(...signed('2026-12-31'), fact('AgreementTerminated', '2027-01-01', { cause: 'expired' })).on('2030-01-01'),
    ).toEqual(['agreement-expired', 'deadline-passed']));
  it('of less than the reminder’s time is not brought to mind before it begins', () =>
    expect(asset(...signed('2024-02-01', '2024-01-15')).on('2024-01-20')).toEqual([]));
});

describe('what is withheld for a time', () => {
  const visit = (recordedAt: string, note = 'The cellar is let.') =>
    fact('MonitoringVisitRecorded', '2019-01-05', { found: 'in-use', note }, recordedAt);
  const closed = (...facts: SpecifiedFact[]) => given(publication, [...transferred, ...facts].map(recorded));
  const asked = 'disclose-field';
  const place = transferred.length;
  it('is published on the day its time has passed, counted from the day on which it was recorded', () => {
    const told = closed(visit('2027-03-01T09:00:00.000Z'));
    expect([told.on('2027-03-01'), told.on('2028-02-28'), told.on('2028-02-29'), told.on('2030-01-01')]).toEqual([
      [], [], [`${asked} 2028-02-29`], [`${asked} 2028-02-29`],
    ]);
    const [effect] = told.effects('2028-02-28T23:00:00.000Z');
    expect(effect).toMatchObject({ kind: 'command', stream: 'asset-IT-TEST', about: { agency: 'ANBSC' } });
    expect(effect?.kind === 'command' && effect.data(undefined)).toEqual({
      entry: entry(place), field: 'note', reason: 'Sono passati 365 giorni dalla registrazione (Legislative decree 33/2013 art. 5-bis(5)).',
    });
    expect(told.effects('2028-02-28T22:59:59.999Z')).toEqual([]);
  });
  it('keeps one id, whatever comes after, so that it is published once', () => {
    const idOf = (...facts: SpecifiedFact[]) => closed(visit('2027-03-01T09:00:00.000Z'), ...facts).effects('2030-01-01T00:00:00.000Z')[0]?.id;
    expect(idOf()).toBeDefined();
    expect(idOf(visit('2027-04-01T09:00:00.000Z', 'Another.'))).toBe(idOf());
  });
  it('is not asked for when a person was quicker, or the entry does not stand', () => {
    const on = (last: SpecifiedFact) => closed(visit('2027-03-01T09:00:00.000Z'), last).on('2030-01-01');
    expect(on(fact('FieldDisclosed', '2027-06-01', { entry: entry(place), field: 'note', value: 'The cellar is let.', reason: 'Why not.' }))).toEqual([]);
    expect(on(fact('EntryAnnulled', '2027-06-01', { entry: entry(place), reason: 'Another asset.' }))).toEqual([]);
    expect(on(fact('EntryAnnulled', '2027-06-01', { entry: entry(0), reason: 'Another asset.' }))).toHaveLength(1);
  });
  it('is left alone where no time is set: what waits for a decision, what was written under another promise, what never opens', () => {
    expect(closed(visit('2026-11-30T09:00:00.000Z')).on('2040-01-01')).toEqual([]);
    const screened = fact('BuyerScreened', '2019-01-05', { link: 'none', note: 'Asked the register.' }, '2027-03-01T09:00:00.000Z');
    const shelter = fact('AssetDescribed', '2019-01-05', { protectedAddress: 'Via Segreta 1' }, '2027-03-01T09:00:00.000Z');
    expect(closed(screened, shelter).on('2040-01-01')).toEqual([]);
  });
  it('is not kept: that something is withheld is public, what it says is not', () =>
    expect(JSON.stringify(folded(publication, [...transferred, visit('2027-03-01T09:00:00.000Z')].map(recorded)))).not.toContain('cellar'));
}); // prettier-ignore

describe('an asset', () => {
  it('outlives the time the law gives for its phase, once for each phase', () => {
    const final = asset(...transferred.slice(0, 3));
    // 90 days after 2018-01-10 is 2018-04-10.
    expect([final.on('2018-04-10'), final.on('2018-04-11'), final.on('2020-01-01')]).toEqual([[], ['deadline-passed'], ['deadline-passed']]);
    expect(asset(...transferred.slice(0, 4)).on('2030-01-01')).toEqual([]);
    const idOf = (facts: readonly SpecifiedFact[]) => asset(...facts).effects('2030-01-01T00:00:00.000Z')[0]!.id;
    expect(idOf(transferred)).not.toBe(idOf(transferred.slice(0, 3)));
    expect(idOf(transferred)).toBe(idOf([...transferred, fact('InterestExpressed', '2019-06-01', { body: { kind: 'municipality', name: 'Palermo' }, purpose: 'social' })]));
  }); // prettier-ignore
  it('has no deadline where the jurisdiction names none, nor an unknown beginning', () => {
    const [elsewhere] = processesFor(generic, 'RPCT') as [Process];
    expect(given(elsewhere, transferred.slice(0, 3).map(recorded)).on('2030-01-01')).toEqual([]);
    const undated = transferred.slice(0, 2).concat(fact('ConfiscationBecameFinal', null));
    expect(asset(...undated).on('2030-01-01')).toEqual([]);
  });
  it('in hand is visited once a year, and one in use is reported on', () => {
    const inUse = [...signed('2034-12-31'), fact('AssetHandedOver', '2024-01-02'), fact('UseStarted', '2024-01-03', { purpose: 'social' })];
    expect(asset(...inUse).on('2025-01-02')).toEqual([]);
    expect(asset(...inUse).on('2025-01-03')).toEqual(['visit-overdue']);
    expect(asset(...inUse).on('2025-03-04')).toEqual(['visit-overdue', 'report-overdue']);
    const seen = fact('MonitoringVisitRecorded', '2024-12-01', { found: 'in-use' });
    const reported = fact('ActivityReported', '2025-01-20', { from: '2024-01-03', to: '2024-12-31', activities: [{ kind: 'housing' }] });
    expect(asset(...inUse, seen, reported).on('2025-03-04')).toEqual([]);
    expect(asset(...inUse, seen, reported).on('2025-12-02')).toEqual(['visit-overdue']);
  }); // prettier-ignore
  it('still needs what nobody gave by its day', () => {
    const need = fact('SupportNeedPublished', '2019-02-01', { kind: 'works', title: 'A roof', quantity: { value: 1, scale: 0, unit: 'piece' }, neededBy: '2019-06-30' });
    expect(asset(...transferred, need).on('2019-06-30')).toEqual([]);
    expect(asset(...transferred, need).on('2019-07-01')).toEqual(['need-unmet']);
    const pledge = fact('SupportPledged', '2019-03-01', { need: entry(5), supporter: { name: 'Builders' }, kind: 'works', quantity: { value: 1, scale: 0, unit: 'piece' } });
    expect(asset(...transferred, need, pledge).on('2019-07-01')).toEqual(['need-unmet']);
    const accepted = fact('SupportAccepted', '2019-04-01', { pledge: entry(6) });
    expect(asset(...transferred, need, pledge, accepted).on('2019-07-01')).toEqual([]);
  }); // prettier-ignore
  it('that left, or was opened in error, asks for nothing', () => {
    const annulled = fact('EntryAnnulled', '2019-02-01', { entry: entry(0), reason: 'Typed twice.' });
    expect(asset(transferred[0], annulled).on('2030-01-01')).toEqual([]);
  });
  it('keeps nothing beside the log that the public may not read', () => {
    const noted = fact('MonitoringVisitRecorded', '2024-12-01', { found: 'in-use', note: 'A secret remark' });
    expect(JSON.stringify(folded(assets, [...transferred, noted].map(recorded)))).not.toMatch(/secret|officer-17/);
  });
});

describe('a call', () => {
  const applied: StreamFact = {
    type: 'ApplicationSubmitted', on: '2026-06-01',
    data: { organisation: terra, sealed: { scheme: 's', ciphertext: { sha256: 'ab', size: 1 }, digest: 'ab' } },
  }; // prettier-ignore
  it('is brought to mind a week before its deadline, and closes at it, whatever the offset it is written with', () => {
    const open = call(drafted(), published);
    expect(call(drafted()).on('2030-01-01')).toEqual([]);
    expect([open.on('2026-06-22'), open.on('2026-06-23')]).toEqual([[], ['call-closing']]);
    const commands = (at: string) => open.effects(at).filter(({ kind }) => kind === 'command').length;
    expect([commands('2026-06-30T09:59:59.999Z'), commands('2026-06-30T10:00:00.000Z')]).toEqual([0, 1]);
  });
  it('that was awarded asks for a proposal for each of its assets, but for those proposed already', () => {
    const closed: StreamFact = { type: 'CallClosed', on: '2026-07-01', data: {}, at: '2026-07-01T00:00:00.000Z' };
    const opened: StreamFact = { type: 'ApplicationsOpened', on: '2026-07-02', data: opening([entry(2), terra]) };
    const awarded: StreamFact = { type: 'CallAwarded', on: '2026-07-20', data: { ranking: [], evaluators: 1, awardedTo: entry(2) }, at: '2026-07-20T09:00:00.000Z' }; // prettier-ignore
    const facts = [drafted(), published, applied, closed, opened, awarded];
    expect(call(...facts.slice(0, 4)).on('2026-08-01')).toEqual(['call-closed']);
    const [wish] = call(...facts).effects('2026-07-20T09:00:00.000Z');
    expect(wish).toMatchObject({
      kind: 'command',
      stream: `asset-${villa}`,
      command: 'propose-assignment',
      occurredOn: '2026-07-20',
    });
    const said = wish?.kind === 'command' ? wish.data({ name: 'Terra Buona' } as never) : {};
    expect(said).toMatchObject({ organisation: terra, name: 'Terra Buona', call: KEY });
    const proposal = { ...recorded(fact('AssignmentProposed', '2026-07-21', said), 9), stream: `asset-${villa}` };
    const events = [...facts.map((each, place) => recordedIn('call', each, place)), proposal];
    expect(calls.keysOf(proposal)).toEqual([KEY]);
    expect(given(calls, events).on('2027-01-01')).toEqual([]);
  });
});

describe('a question', () => {
  const asked = (data: JsonObject = {}): StreamFact => ({
    type: 'QuestionAsked', on: '2026-05-01', at: '2026-05-01T08:00:00.000Z',
    data: { kind: 'question', report: 'register', addressedTo: 'ANBSC', text: 'Why? asks Rosa', askerName: 'Rosa', ...data },
  }); // prettier-ignore
  it('goes on to the next body when nobody answered in time', () => {
    expect(thread(asked()).on('2026-05-31')).toEqual([]);
    expect(thread(asked()).on('2026-06-01')).toEqual(['answer-overdue', 'escalate-thread 2026-06-01']);
  });
  it('goes on once, and the next body is told', () => {
    const escalated: StreamFact = { type: 'ThreadEscalated', on: '2026-06-01', data: { to: 'RPCT' } };
    const effects = thread(asked(), escalated).effects('2026-07-01T00:00:00.000Z');
    expect(effects.map((effect) => effect.kind === 'notice' && [effect.notice, effect.about.agency])).toEqual([
      ['answer-overdue', 'ANBSC'], ['thread-escalated', 'RPCT'],
    ]); // prettier-ignore
  });
  it('stays where it is when it lies with the last body already', () =>
    expect(thread(asked({ addressedTo: 'RPCT' })).on('2026-06-01')).toEqual(['answer-overdue']));
  it.each([
    ['answered', { type: 'AnswerPublished', on: '2026-05-20', data: { text: 'So.' }, by: officer }],
    ['withheld', { type: 'ThreadModerated', on: '2026-05-02', data: { outcome: 'withheld', reason: 'offensive' }, by: approver }],
    ['withdrawn', { type: 'ThreadClosed', on: '2026-05-02', data: { reason: 'withdrawn' } }],
  ] as const)('that was %s asks for nothing', (_, ending) => expect(thread(asked(), ending).on('2027-01-01')).toEqual([])); // prettier-ignore
  it('keeps neither its words nor its asker beside the log', () =>
    expect(JSON.stringify(folded(dialogues, [recordedIn('dialogue', asked(), 0)]))).not.toContain('Rosa'));
});

describe('a recommendation', () => {
  const adopted: StreamFact = {
    type: 'RecommendationAdopted', on: '2026-05-01',
    data: { meeting: entry(1), addressedTo: 'ANBSC', text: 'Open it.', answerBy: '2026-06-30', votes: { inFavour: 2, against: 0, abstained: 0 } },
  }; // prettier-ignore
  const answered: StreamFact = {
    type: 'RecommendationAnswered', on: '2026-08-01', data: { recommendation: entry(0), outcome: 'accepted', reasons: 'So.', answeringOffice: 'ANBSC' },
  }; // prettier-ignore
  it('is brought to mind when the day has passed by which an answer was asked for', () => {
    const awaited = stream(groups, 'group')(adopted);
    expect([awaited.on('2026-06-30'), awaited.on('2026-07-01')]).toEqual([[], ['recommendation-overdue']]);
    expect(stream(groups, 'group')(adopted, answered).on('2027-01-01')).toEqual([]);
  });
});

describe('time', () => {
  it('passes the same however the log is cut into batches', () => {
    const day = (place: number) => new Date(Date.UTC(2024, 0, 1 + 40 * place)).toISOString();
    const facts = [
      ...signed('2025-06-30'), fact('AssetHandedOver', '2024-01-02'), fact('UseStarted', '2024-01-03', { purpose: 'social' }),
      fact('MonitoringVisitRecorded', '2025-03-01', { found: 'in-use' }), fact('AgreementTerminated', '2025-07-01', { cause: 'expired' }),
    ]; // prettier-ignore
    const log = facts.map((each, place) => recorded({ ...each, recordedAt: day(place) }, place));
    const end = '2027-01-01T00:00:00.000Z';
    const whole = [...travel(assets, new Map(), '', log, end).effects.keys()].sort();
    expect(whole.length).toBeGreaterThan(5);
    fc.assert(
      fc.property(fc.array(fc.nat(log.length)), fc.boolean(), (cuts, ticking) => {
        const found = new Set<string>();
        let kept: ReadonlyMap<string, { state: unknown; wakeAt: string | null }> = new Map();
        let clock = '';
        const places = [...new Set([0, ...cuts, log.length])].sort((one, other) => one - other);
        for (const [turn, from] of places.slice(0, -1).entries()) {
          const events = log.slice(from, places[turn + 1]);
          // Between two batches time may pass up to the next entry.
          const until = ticking ? (log[places[turn + 1]!]?.metadata.recordedAt ?? '') : '';
          const gone = travel(assets, kept, clock, events, until);
          kept = new Map([...kept, ...gone.kept]);
          clock = gone.clock;
          for (const id of gone.effects.keys()) found.add(id);
        }
        for (const id of travel(assets, kept, clock, [], end).effects.keys()) found.add(id);
        expect([...found].sort()).toEqual(whole);
      }),
    );
  });
});

describe('the notices', () => {
  it.each(officeLanguages.flatMap((language) => noticeKinds.map((kind) => [language, kind] as const)))(
    'are told in %s: %s',
    (language, kind) => {
      const words = wordsFor(language, italy);
      for (const part of ['subject', 'text'] as const)
        expect([kind, part, words.noticeText(kind, part)]).not.toContain(undefined);
    },
  );
  it('say all of what they tell', () => {
    const asset = { id: 'IT-1', kind: 'real-estate' };
    const facts = {
      asset, name: 'Terra', to: '2026-12-31', days: 30, phase: 'available', since: '2026-01-01', dueOn: '2026-04-01', law: 'Art. 47', title: 'A roof', call: 'IT-C-1',
      object: 'A field', on: '2026-06-30', dialogue: 'IT-D-1', group: 'IT-G-1', recommendation: 'entry', asked: '2026-05-01', addressedTo: 'ANBSC', stream: 'asset-IT-1', command: 'close-call', why: 'No.',
    }; // prettier-ignore
    for (const language of officeLanguages)
      for (const notice of noticeKinds) {
        const { subject, text } = messageOf(
          { id: 'x', notice, at: '2026-01-01', facts },
          { to: 'a@b', language },
          { from: 'c@d' },
          italy,
        );
        expect([notice, subject + text]).toEqual([notice, expect.not.stringMatching(/\{\{|undefined|\[object| {2}/)]);
      }
  });
});
