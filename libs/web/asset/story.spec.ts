import { dateOf } from '#domain';
import { dossierOf, entryIdAt, imported, longLife } from '../../../test/web/dossiers';
import type { Written } from '../../../test/web/dossiers';
import { storyOf } from './story';
import type { ToldEntry } from './story';

const zone = 'Europe/Rome';
const told = (written: readonly Written[], moment: { asOf?: string; knownAt?: string } = {}): ToldEntry[] =>
  storyOf(dossierOf(written, moment), moment.asOf, zone, (instant) => dateOf(instant, zone));
const typesOf = (entries: readonly ToldEntry[]): string[] => entries.map(({ entry }) => entry.type);

describe('the story of a dossier', () => {
  it('is told in the order in which things happened, not in which they were written down', () => {
    const late: Written = {
      type: 'InspectionRecorded',
      on: '2012-01-01',
      at: '2021-01-01T00:00:00.000Z',
      data: { condition: 'good', readyForDestination: false },
    };
    const story = told([...longLife, late]);
    const dates = story.map(({ occurredOn }) => occurredOn);
    expect(dates).toEqual([...dates].sort());
    expect(story.find(({ entry }) => entry.revision === longLife.length)?.lateBy).toBe(3288);
  });

  it('leaves nothing out: corrections and annulments stand with the entry they concern', () => {
    const story = told(longLife);
    const shown = story.flatMap(({ entry, corrections, annulment }) => [
      entry.id,
      ...corrections.map(({ by }) => by.id),
      ...(annulment ? [annulment.by.id] : []),
    ]);
    expect(shown.sort()).toEqual(longLife.map((_, revision) => entryIdAt(revision)).sort());
  });

  it('shows both versions of what was corrected', () => {
    const order = told(longLife).find(({ entry }) => entry.revision === 2);
    expect(order?.data.share).toBe(100);
    expect(order?.corrections).toEqual([
      expect.objectContaining({
        field: 'share',
        before: 50,
        now: 100,
        reason: expect.stringContaining('letto male') as string,
      }),
    ]);
  });

  it('moves an entry whose date was corrected to its right place', () => {
    const correction: Written = {
      type: 'EntryCorrected',
      on: '2021-01-01',
      data: { entry: entryIdAt(12), field: 'occurredOn', value: '2007-01-01', reason: 'Typing mistake.' },
    };
    const [first] = told([...longLife, correction]);
    expect(first?.entry.type).toBe('InterestExpressed');
    expect(first?.corrections[0]).toMatchObject({ before: '2019-09-03', now: '2007-01-01' });
  });

  it('keeps an annulled entry at its place, with the reason and the right dossier', () => {
    expect(told(longLife).find(({ entry }) => entry.revision === 8)?.annulment).toMatchObject({
      reason: 'Riguardava un altro immobile.',
      correctDossier: 'IT-4GQ2X9PK3N-U',
    });
  });

  it('does not know of a correction before it was written', () => {
    const before = told(longLife, { knownAt: '2017-10-01' }).find(({ entry }) => entry.revision === 2);
    expect(before?.data.share).toBe(50);
    expect(before?.corrections).toEqual([]);
  });

  it('ends on the day it is asked for', () => {
    expect(typesOf(told(longLife, { asOf: '2011-02-28' }))).toEqual([
      'AssetSeized',
      'AdministratorAppointed',
      'ConfiscationOrdered',
    ]);
  });

  it('says which fields are withheld and why', () => {
    expect(told(longLife)[0]?.withheld).toEqual([
      { field: 'protectedAddress', classification: 'restricted' },
      { field: 'formerHolder', classification: 'personal' },
    ]);
  });

  describe('with a field that was published later', () => {
    const note = 'The cellar is let.';
    const visit: Written = { type: 'MonitoringVisitRecorded', on: '2021-03-01', data: { found: 'in-use', note } };
    const place = longLife.length;
    const published: Written = {
      type: 'FieldDisclosed', on: '2022-05-01', data: { entry: entryIdAt(place), field: 'note', value: note, reason: 'Over.' },
    }; // prettier-ignore
    const visitIn = (entries: readonly ToldEntry[]) => entries.find(({ entry }) => entry.revision === place);

    it('tells it with the entry that withheld it, and nowhere else', () => {
      const story = told([...longLife, visit, published]);
      expect(visitIn(story)).toMatchObject({ withheld: [], disclosed: [{ field: 'note', value: note, reason: 'Over.' }] });
      expect(typesOf(story)).not.toContain('FieldDisclosed');
    }); // prettier-ignore

    it('does not know of it before, neither in the world nor here', () => {
      for (const moment of [{ asOf: '2022-04-30' }, { knownAt: '2022-04-30' }])
        expect(visitIn(told([...longLife, visit, published], moment))).toMatchObject({
          withheld: [{ field: 'note', classification: 'restricted' }],
          disclosed: [],
        });
    });

    it('says that its publication was annulled; what could be read can be read', () => {
      const annulled: Written = { type: 'EntryAnnulled', on: '2022-05-02', data: { entry: entryIdAt(place + 1), reason: 'Too early.' } };
      const [disclosed] = visitIn(told([...longLife, visit, published, annulled]))?.disclosed ?? [];
      expect(disclosed).toMatchObject({ value: note, annulment: { reason: 'Too early.' } });
    }); // prettier-ignore

    it('stands by itself where its entry is not told', () => {
      const stray = { ...published, data: { ...published.data, entry: entryIdAt(99) } };
      expect(typesOf(told([...longLife, stray])).at(-1)).toBe('FieldDisclosed');
    });
  });

  it('keeps undated entries where they were written, and calls no entry late whose day is unknown', () => {
    expect(told(imported).map(({ occurredOn, lateBy }) => [occurredOn, lateBy !== undefined])).toEqual([
      [null, false],
      [null, false],
      [null, false],
      ['1993-09-20', true],
    ]);
  });

  it('shows a correction that names no entry of this dossier by itself', () => {
    const stray: Written = { type: 'EntryAnnulled', on: '2021-01-01', data: { entry: entryIdAt(99), reason: 'Lost.' } };
    expect(typesOf(told([...imported, stray])).at(-1)).toBe('EntryAnnulled');
  });
});
