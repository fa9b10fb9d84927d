import fc from 'fast-check';
import type { RecordedEvent } from '#domain';
import { after, italy } from '#domain';
import type { History } from '#domain';
import { publicEvent } from '#privacy';
import { live, wishes } from '../../../test/domain/random-lives';
import type { Row } from '../projection';
import { factsIn, register } from './register';
import { withoutTrace } from './register-facts';
import { spansOf } from './versions';

const { keysOf, apply, tables } = register(italy);

function rowsOf(events: readonly RecordedEvent[]): Row[][] {
  let state: unknown;
  for (const event of events) for (const key of keysOf(event)) state = apply(state, event, key, () => undefined);
  return state === undefined ? tables.map(() => []) : tables.map(({ rows }) => [...rows(state)]);
}

const historyOf = (events: readonly RecordedEvent[]): History =>
  events.reduce<{ history: History; asset: undefined }>(
    ({ history }, event) => ({ ...after({ history, asset: undefined }, publicEvent(event)), asset: undefined }),
    { history: [], asset: undefined },
  ).history;

describe('the register, which forgets what leaves no trace in it', () => {
  it('shows of any dossier what its whole history adds up to, from day to day', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(wishes, (all) => {
        const { events } = live(all);
        for (const { type } of events) met.add(type);
        const [, versions = []] = rowsOf(events);
        const believed = versions.filter((row) => row.known_to === null);
        const shown = believed.map((row) => [row.valid_from, row.valid_to, factsIn(String(row.facts))]);
        const spans = spansOf(historyOf(events), italy.timeZone);
        const told = spans.map(({ validFrom, validTo, facts }) => [validFrom, validTo, facts]);
        expect(new Map(shown.map((each) => [each[0], each]))).toEqual(new Map(told.map((each) => [each[0], each])));
      }),
      { numRuns: 300 },
    );
    expect([...withoutTrace].filter((type) => met.has(type)).length).toBeGreaterThan(15);
  });
});
