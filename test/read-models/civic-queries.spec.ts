import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { italy } from '#domain';
import { START, openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import {
  ProjectionRunner, ReadDatabase, allCalls, answersByAuthority, callList, callPage, check, dialogueList, dialoguePage, groupList, groupPage,
  latestPassedDeadline, organisationList, organisationPage, physicalName, projectionsFor,
} from '#read-models'; // prettier-ignore
import { assignmentsTable } from '../../libs/read-models/projections/civic/holdings';
import { recordScene, scene } from '../api/civic-scene';
import { onBothDatabases } from './databases';

const NOW = '2026-06-15T10:00:00.000Z';
const now = { instant: NOW, today: '2026-06-15' };

onBothDatabases((fresh) => {
  let folder: string;
  let store: EventStore;
  let database: ReadDatabase;
  let runner: ProjectionRunner;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'civic-'));
    store = openEmbeddedLog(join(folder, 'log.sqlite'));
    await recordScene(store, NOW);
    database = await ReadDatabase.openForWriting(await fresh());
    // Batches so small that every stream is taken in several.
    runner = new ProjectionRunner(store, database, projectionsFor(italy), { batchSize: 7 });
    await runner.start();
    expect(await runner.reached(await store.head(), 20_000)).toBe(true);
  }, 60_000);
  afterAll(async () => {
    await runner.stop();
    await database.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);

  it('lists two hundred assets of an organisation at most, those in force first', async () => {
    const { version } = projectionsFor(italy).find(({ name }) => name === 'organisations')!;
    const table = physicalName(assignmentsTable.name, version);
    const others = Object.keys(assignmentsTable.columns).filter((column) => !['asset', 'in_force'].includes(column));
    const chosen = others.join(', ');
    for (let number = 0; number < 250; number += 1)
      await database.query(
        `INSERT INTO ${table} (asset, in_force, ${chosen}) SELECT ?, 0, ${chosen} FROM ${table} WHERE asset = ? AND organisation = ?`,
        [`IT-X-${number}`, scene.villa, scene.terra],
      );
    const { holdings } = (await organisationPage(database, scene.terra, now, italy))!;
    await database.query(`DELETE FROM ${table} WHERE asset LIKE ?`, ['IT-X-%']);
    expect([holdings.length, holdings[0]!.asset, holdings[0]!.inForce]).toEqual([200, scene.villa, true]);
  });

  it('lists calls by deadline, run by run, in both directions', async () => {
    const all = await callList(database, {}, now, { limit: 10 });
    expect(ids(all.items)).toEqual([scene.open, scene.awarded, scene.deserted]);
    const first = await callList(database, {}, now, { limit: 2 });
    const second = await callList(database, {}, now, { limit: 2, after: first.next! });
    expect([ids(first.items), ids(second.items), second.next]).toEqual([
      [scene.open, scene.awarded],
      [scene.deserted],
      undefined,
    ]);
    const back = await callList(database, {}, now, { limit: 2, before: second.previous! });
    expect([ids(back.items), back.previous]).toEqual([ids(first.items), undefined]);
    const every: string[] = [];
    for await (const { id } of allCalls(database, { text: 'villa' }, now)) every.push(id);
    expect(every).toEqual(ids(all.items));
  });

  it('lets a deadline pass without an entry', async () => {
    const open = (await callPage(database, scene.open, now, italy))!;
    expect(open.state).toBe('closing');
    const later = { instant: '2026-06-25T10:00:00.000Z', today: '2026-06-25' };
    expect((await callPage(database, scene.open, later, italy))!.state).toBe('closed');
    expect(ids((await callList(database, { state: 'closed' }, later, { limit: 5 })).items)).toEqual([scene.open]);
    expect(await latestPassedDeadline(database, now)).not.toBe(await latestPassedDeadline(database, later));
    const earlier = { instant: '2026-06-11T22:00:01.000Z', today: '2026-06-12' };
    expect((await callPage(database, scene.open, earlier, italy))!.state).toBe('closing');
    const before = { instant: '2026-06-10T10:00:00.000Z', today: '2026-06-10' };
    expect((await callPage(database, scene.open, before, italy))!.state).toBe('open');
  });

  it('finds the chain of attempts from each of its calls', async () => {
    for (const id of [scene.deserted, scene.awarded])
      expect(ids((await callPage(database, id, now, italy))!.attempts)).toEqual([scene.deserted, scene.awarded]);
    expect(ids((await callPage(database, scene.open, now, italy))!.attempts)).toEqual([scene.open]);
  });

  it('gathers of an organisation what three kinds of streams say of it', async () => {
    const terra = (await organisationPage(database, scene.terra, now, italy))!;
    expect(terra).toMatchObject({ holds: 1, held: 0, applications: 1, awards: 0 });
    expect(terra.holdings).toMatchObject([{ asset: scene.villa, status: 'signed', inForce: true, inHands: true }]);
    expect(terra.assetLabels.get(scene.villa)).toMatchObject({ title: 'Villa Rosa', municipality: 'Palermo' });
    expect(ids((await organisationList(database, { text: 'terra buona' }, now, { limit: 5 })).items)).toEqual([
      scene.terra,
    ]);
  });

  it('knows who answers late, and which threads wait', async () => {
    const { authorities } = await answersByAuthority(database, now);
    expect(authorities.map(({ authority, medianDays, overdue }) => [authority, medianDays, overdue])).toEqual([
      ['ANBSC', 10, 0],
      ['Palermo', null, 1],
    ]);
    const overdue = await dialogueList(database, { state: 'overdue' }, now, { limit: 5 });
    expect(ids(overdue.items)).toEqual([scene.unread]);
    expect((await dialoguePage(database, scene.answered, now, italy))!.detail.answers).toHaveLength(1);
  });

  it('counts what a group is still owed', async () => {
    expect((await groupList(database, { organisation: scene.terra }, now, { limit: 5 })).items).toMatchObject([
      { id: scene.group, overdue: 1, answered: 1 },
    ]);
    const group = (await groupPage(database, scene.group, now, italy))!;
    expect([...group.states.values()].sort()).toEqual(['in-time', 'overdue']);
  });

  it('holds what the log says, row by row', async () => {
    async function* log() {
      for (let batch = await store.readAll(START, 50); batch.length > 0;) {
        yield batch;
        batch = await store.readAll(batch.at(-1)!.position, 50);
      }
    }
    const checked = await check(database, projectionsFor(italy), log, 9);
    expect(checked.filter(({ drift, failure }) => drift.length > 0 || failure !== undefined)).toEqual([]);
  });
});
