import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#domain';
import { events as catalogue, dateOf, italy } from '#domain';
import { START } from '#event-store';
import { play, promptBookInMind } from '#scenario';
import type { Part } from '#scenario';
import { Cast } from '../../apps/standalone/scenario/cast';
import { HttpStage } from '../../apps/standalone/scenario/http-stage';
import { settingsFromEnv } from '../../apps/standalone/settings';
import { startSystem } from '../../apps/standalone/system';
import type { System } from '../../apps/standalone/system';

/** The whole way: people sign in, every line goes over HTTP under an account's own token, calls are sealed, opened and awarded. */
describe('a scenario over the public API', () => {
  let folder: string;
  let system: System;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    const env = {
      REGISTRY_PORT: '0',
      REGISTRY_SAMPLE: 'off',
      REGISTRY_DATA: folder,
      REGISTRY_AGENCY: 'ANBSC',
      REGISTRY_COMMANDS_A_MINUTE: '1000000',
    };
    system = await startSystem(settingsFromEnv(env), env);
  });
  afterEach(async () => {
    await system.close();
    await rm(folder, { recursive: true });
  });

  it('tells of the whole domain, each line by somebody whose role lets them', async () => {
    const cast = await Cast.of({ url: system.url, signIn: system.signIn!, profile: italy, agency: 'ANBSC' });
    const stage = new HttpStage(system.url, cast, promptBookInMind(), 20_000);
    const report = await play({
      stage,
      seed: 'test',
      agency: 'ANBSC',
      until: dateOf(new Date().toISOString(), italy.timeZone),
      assets: [],
      dossiers: 72,
      organisations: 40,
      groups: 1,
      calls: { count: 5, desk: stage },
      returns: stage,
      together: 8,
    });
    const log: RecordedEvent[] = await system.store.readAll(START, 100_000);
    const refused = [...report.refused].map(([ground, count]) => `${ground} ${count}`);
    expect({ refused, few: refused.length < 6 }).toEqual({ refused, few: true });

    const told = new Set(log.map(({ type }) => type));
    // What becomes of accounts later is no part of it, and nobody in it asks to be forgotten.
    const untold = [...catalogue].filter(
      ([type, { stream, definition }]) => stream !== 'account' && !definition.erases && !told.has(type),
    );
    expect(untold.map(([type]) => type)).toEqual([]);

    // Each past year has its return, published by another than who asked for it; that of the last one twice.
    const of = (wanted: string) => log.filter(({ type }) => type === wanted);
    const askedFor = of('AnnualReturnRequested');
    const publications = of('AnnualReturnPublished');
    expect(askedFor.length).toBeGreaterThan(15);
    expect(new Set(publications.map(({ stream }) => stream)).size).toBe(askedFor.length);
    expect(publications).toHaveLength(askedFor.length + 1);
    expect(of('AnnualReturnRevised')).toHaveLength(1);
    expect(publications[0]!.metadata.actor.subject).not.toBe(askedFor[0]!.metadata.actor.subject);

    // What was told is in the register, and a scenario may begin with it.
    await system.projecting.runner.reached(await system.store.head(), 30_000);
    expect((await stage.assets(300)).length).toBeGreaterThan(60);

    // Who judges an application reads it; who stepped back, and who competes, does not.
    const opened = log.find(({ type }) => type === 'ApplicationAdmitted')!;
    const applied = `/api/v1/calls/${opened.stream.slice('call-'.length)}/applications/${opened.data.application as string}`;
    const member = await cast.enlist(
      log.find(({ type }) => type === 'ApplicationSubmitted')!.data.organisation as string,
    );
    const read = (part: Part) => fetch(system.url + applied, { headers: cast.headersOf(part) });
    const answers = await Promise.all((['evaluator-1', 'evaluator-3', member, 'visitor'] as const).map(read));
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 401]);
    expect(await answers[0]!.json()).toMatchObject({ answers: { plan: expect.stringContaining('garden') as string } });
    expect((await system.store.readAll(log.at(-1)!.position, 100)).map(({ type }) => type)).toContain(
      'RestrictedDataRead',
    );

    // Four eyes are four: nobody but the registry itself records as anybody else.
    const { approver, proposer } = {
      approver: log.find(({ type }) => type === 'AssignmentApproved')!.metadata.actor,
      proposer: log.find(({ type }) => type === 'AssignmentProposed')!.metadata.actor,
    };
    expect(approver.subject).not.toBe(proposer.subject);
    expect(
      log.some(
        ({ type, metadata }) => type === 'ApplicationSubmitted' && metadata.actor.role === 'organisation-member',
      ),
    ).toBe(true);
  }, 180_000);

  it('goes on where its last day is past, as after a break over midnight', async () => {
    const cast = await Cast.of({ url: system.url, signIn: system.signIn!, profile: italy, agency: 'ANBSC' });
    const stage = new HttpStage(system.url, cast, promptBookInMind(), 10_000);
    const report = await play({
      stage,
      seed: 'yesterday',
      agency: 'ANBSC',
      until: '2026-01-31',
      assets: [],
      dossiers: 0,
      organisations: 8,
      groups: 0,
      calls: { count: 1, desk: stage },
      together: 2,
    });
    expect([...report.refused.keys()]).toContain('disclosed-before-recorded');
  }, 90_000);
});
