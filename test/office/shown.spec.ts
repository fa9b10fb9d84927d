import { CLASSIFICATION, aggregates, entryOf, events, exampleOf } from '#domain';
import type { RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { anonymous, shownTo } from '../../apps/registry/back-office/told';
import type { OpenStream } from '../../apps/registry/back-office/desk';
import { recordedIn } from '../domain/stream-specification';

const nothing = { restricted: false, personal: false };

/** A stream with one entry of every type of its kind, each field of it filled in. */
const everything = [...events].filter(([, { stream }]) => stream !== 'account');
const recorded = everything.map(([type, { stream, definition }], place): RecordedEvent =>
  recordedIn(stream, { type, on: '2026-01-01', data: exampleOf(definition.data) }, place),
);
const open: OpenStream = {
  kind: 'asset',
  id: 'any',
  events: recorded,
  revision: recorded.length - 1,
  situation: aggregates.asset.empty,
  state: undefined,
  history: recorded.map(entryOf),
  consults: () => [],
  decide: () => {
    throw new Error('Not asked.');
  },
};

describe('a stream as its reader may see it', () => {
  it('says to who may read nothing more what it says to the public, of every type of entry', () => {
    const shown = shownTo(open, nothing);
    for (const [place, event] of recorded.entries()) {
      const { data } = publicEvent(event);
      expect([event.type, shown.events[place]?.data]).toEqual([event.type, data]);
      expect([event.type, shown.history[place]?.data]).toEqual([event.type, data]);
    }
  });

  it('keeps personal fields from who reads restricted ones', () => {
    const shown = shownTo(open, { restricted: true, personal: false });
    const fields = shown.events.flatMap(({ type, data }) =>
      Object.keys(data).map(
        (field) => events.get(type)?.definition.data.properties[field]?.[CLASSIFICATION] as unknown,
      ),
    );
    expect(new Set(fields)).toEqual(new Set(['public', 'restricted']));
  });

  it('names no person where only the agency is to be told', () => {
    expect(anonymous(open).events.every(({ metadata }) => metadata.actor.subject === '')).toBe(true);
  });
});
