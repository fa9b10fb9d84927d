import fc from 'fast-check';
import { aggregates, decide, emptyDossier, evolve, nothingConsulted, possibilities, referable } from '#domain';
import type { Circumstances, Consulted, Dossier, Law, StreamName } from '#domain';
import { live, wishes } from './random-lives';
import { circumstances, fact, entry, NOW, recorded } from './specification';

const { commands, openings, consults } = aggregates.asset;

/** Streams the made-up entries ask for are not there. */
function unopened(names: readonly StreamName[]): Consulted {
  const absent = new Map(names.map((name) => [name.slice(name.indexOf('-') + 1), undefined]));
  return { ...nothingConsulted, organisation: absent, call: absent, asset: absent };
}

const lawOf =
  (dossier: Dossier, around: Circumstances): Law =>
  (command) =>
    decide(command, dossier, { ...around, commandId: 'rehearsal' }, unopened(consults(command, around.actor, dossier)));

const possible = (dossier: Dossier, around: Circumstances = circumstances()) =>
  possibilities(commands, openings, lawOf(dossier, around), {
    on: around.now.slice(0, 10),
    entries: dossier.history.map(({ id }) => id),
  });

const impossible = (dossier: Dossier, around?: Circumstances): Map<string, string> =>
  new Map(possible(dossier, around).flatMap(({ command, refusal }) => (refusal ? [[command, refusal.code]] : [])));

const dossierOf = (...facts: Parameters<typeof recorded>[0][]): Dossier =>
  facts.map((each, place) => recorded(each, place)).reduce(evolve, emptyDossier);

const seized = fact('AssetSeized', '2015-03-12', { kind: 'real-estate' });

describe('what can be recorded now', () => {
  it('never leaves out what the law would take', () => {
    let looked = 0;
    fc.assert(
      fc.property(wishes, (all) => {
        for (const { before, command, circumstances: around, decision } of live(all).attempts) {
          if (decision.kind !== 'accepted' || openings.includes(command.name) || around.source.kind === 'import') continue;
          // What happened earlier is judged by how things stood then, which is another question.
          const [event] = decision.events;
          if (before.history.some(({ occurredOn }) => (occurredOn ?? '') > (event?.metadata.occurredOn ?? ''))) continue;
          looked += 1;
          expect([command.name, impossible(before, around).get(command.name)]).toEqual([command.name, undefined]);
        }
      }),
      { numRuns: 15 },
    );
    expect(looked).toBeGreaterThan(20);
  }); // prettier-ignore

  it('says why the rest is not', () => {
    const not = impossible(dossierOf(seized));
    expect(not.get('make-confiscation-final')).toBe('confiscation-not-ordered');
    expect(not.get('transfer-asset')).toBe('no-destination');
    expect(not.get('make-payment')).toBe('no-such-reference');
    expect(not.has('order-confiscation')).toBe(false);
    expect(not.has('record-problem')).toBe(false);
  });

  it('tries every answer of a closed question', () => {
    const ordered = dossierOf(seized, fact('ConfiscationOrdered', '2016-05-01', { instance: 'first' }));
    expect(impossible(ordered).has('order-confiscation')).toBe(false);
    const appealed = dossierOf(
      seized,
      fact('ConfiscationOrdered', '2016-05-01', { instance: 'first' }),
      fact('ConfiscationOrdered', '2017-05-01', { instance: 'appeal' }),
    );
    expect(impossible(appealed).get('order-confiscation')).toBe('instance-out-of-order');
  });

  it('asks once where nothing that an entry says could help, however long the dossier is', () => {
    const costs = Array.from({ length: 100 }, () => fact('InspectionRecorded', '2016-01-01', { condition: 'good', readyForDestination: false }));
    const dossier = dossierOf(seized, ...costs);
    const asked = new Map<string, number>();
    const law = lawOf(dossier, circumstances());
    possibilities(commands, openings, (command) => {
      asked.set(command.name, (asked.get(command.name) ?? 0) + 1);
      return law(command);
    }, { on: NOW.slice(0, 10), entries: dossier.history.map(({ id }) => id) });
    for (const command of ['sell-asset', 'renew-agreement', 'transfer-asset', 'start-use'])
      expect([command, asked.get(command)]).toEqual([command, 1]);
  }); // prettier-ignore

  it('asks for another person where that is what is missing', () => {
    const problem = fact('ProblemRecorded', '2016-01-01', { kind: 'occupied', blocking: true });
    const dossier = dossierOf(seized, problem);
    expect(impossible(dossier).get('waive-blocking-problem')).toBe('same-person');
    const another = circumstances({ actor: { subject: 'approver-4', agency: 'ANBSC', role: 'officer' } });
    expect(impossible(dossier, another).has('waive-blocking-problem')).toBe(false);
  });

  it('knows which entries another one may refer to', () => {
    const problem = fact('ProblemRecorded', '2016-01-01', { kind: 'occupied', blocking: true });
    const dossier = dossierOf(seized, problem);
    const { definition } = commands.get('resolve-problem')!;
    const rehearsal = { on: NOW.slice(0, 10), entries: dossier.history.map(({ id }) => id) };
    const found = referable('resolve-problem', definition.data, 'problem', lawOf(dossier, circumstances()), rehearsal);
    expect(found).toEqual([entry(1)]);
  });
});
