import fc from 'fast-check';
import {
  UnknownEvent,
  aggregates,
  current,
  decide,
  emptyDossier,
  events,
  idFrom,
  isIdOf,
  nothingConsulted,
  streamKinds,
  streamParts,
} from '#domain';
import { publicEvent } from '#privacy';
import { circumstances, fact, recorded } from './specification';
import { streamOf } from './stream-specification';

const seizure = recorded(fact('AssetSeized', '2015-03-12', { kind: 'company' }), 0);

describe('the kinds of streams', () => {
  it('share no event type and no command between two types', () => {
    const all = streamKinds.flatMap((kind) => [...aggregates[kind].commands.values()]);
    expect(events.size).toBe(all.length);
    for (const kind of streamKinds)
      for (const [command, entry] of aggregates[kind].commands) expect(entry).toMatchObject({ command, stream: kind });
  });

  it('each can be opened', () => {
    for (const kind of streamKinds) expect(aggregates[kind].openings.length).toBeGreaterThan(0);
  });

  it('are told by the names of their streams', () => {
    expect(streamParts('organisation-IT-O-0123456789-X')).toEqual({ kind: 'organisation', id: 'IT-O-0123456789-X' });
    expect(streamParts('$persistent')).toBeUndefined();
  });

  it('do not take an event of another kind', () => {
    const stray = { ...seizure, stream: 'organisation-IT-O-0123456789-X' };
    expect(() => current(stray)).toThrow(UnknownEvent);
    expect(() => publicEvent(stray)).toThrow(UnknownEvent);
    expect(() => aggregates.organisation.evolve(aggregates.organisation.empty, stray)).toThrow(UnknownEvent);
    const registered = { ...seizure, type: 'OrganisationRegistered' };
    expect(() => aggregates.asset.evolve(emptyDossier, registered)).toThrow(UnknownEvent);
    expect(() => publicEvent(registered)).toThrow(UnknownEvent);
  });

  it('do not take a type nobody knows', () => {
    expect(() => current({ ...seizure, type: 'AssetPainted' })).toThrow(UnknownEvent);
  });
});

describe('a repeated command', () => {
  const { situation } = streamOf('organisation')({
    type: 'OrganisationRegistered',
    on: '2020-03-01',
    data: { kind: 'company', name: 'Rossi Costruzioni' },
  });
  const commandId = situation.commands.latest[0]![0];
  const command = { name: 'register-organisation', occurredOn: '2020-03-01', data: { kind: 'company', name: 'R' } };
  const decideAgain = (commandDigest: string) =>
    aggregates.organisation.decide(command, situation, circumstances({ commandId, commandDigest }), nothingConsulted);

  it('is known again in every kind of stream', () =>
    expect(decideAgain('digest')).toEqual({ kind: 'repeated', revision: 0, position: 1 }));
  it('is refused when it says something else', () =>
    expect(decideAgain('other')).toMatchObject({ kind: 'refused', refusal: { code: 'key-reused' } }));
  it('never seems to be written before what it follows', () => {
    const late = { ...command, name: 'describe-organisation', data: { name: 'S' } };
    const ahead = { ...situation, lastRecordedAt: '2026-06-15T12:00:00.000Z' };
    const decision = aggregates.organisation.decide(late, ahead, circumstances(), nothingConsulted);
    expect(decision).toMatchObject({ events: [{ metadata: { recordedAt: '2026-06-15T12:00:00.000Z' } }] });
  });
  it('is judged by the same frame in a dossier', () => {
    const dossier = [seizure].reduce(aggregates.asset.evolve, emptyDossier);
    const around = circumstances({ commandId: seizure.metadata.commandId });
    expect(decide({ ...command, name: 'record-seizure' }, dossier, around)).toMatchObject({ kind: 'repeated' });
  });
});

describe('the id of an organisation', () => {
  const id = idFrom('organisation', 'IT', 'it-runts', '12345');
  it('tells its kind', () => {
    expect(id).toMatch(/^IT-O-[0-9A-HJKMNP-TV-Z]{10}-[0-9A-Z]$/);
    expect(isIdOf('organisation', id)).toBe(true);
    expect(isIdOf('asset', id)).toBe(false);
    expect(isIdOf('call', id)).toBe(false);
  });
  it('follows from its identifier alone', () => expect(idFrom('organisation', 'IT', 'it-runts', '12345')).toBe(id));
  it('is found out when a character is mistyped', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat({ max: 9 }),
        fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
        (name, place, typed) => {
          const right = idFrom('organisation', 'IT', 'scheme', name);
          const wrong = `${right.slice(0, 5 + place)}${typed}${right.slice(6 + place)}`;
          expect(isIdOf('organisation', wrong)).toBe(wrong === right);
        },
      ),
    );
  });
});
