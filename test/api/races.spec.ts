import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RecordedEvent } from '#domain';
import { TODAY, aRegistry } from '../access/registry';
import type { Person, TestRegistry } from '../access/registry';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import {
  NO_PROCESSES, Office, ROUNDS, agreement, atOnce, commitment, euro, idsOf, must, payment, send, taken, together,
} from './race-scene'; // prettier-ignore
import type { Sent } from './race-scene';
import { callToAward } from './race-call';

const minorOf = ({ data }: RecordedEvent): number => (data.amount as { minor: number }).minor;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Several sums that are asked of one that is not enough for all of them, or just enough. */
const claims = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 6 });
const lasting = { numRuns: ROUNDS, endOnFailure: true };

/**
 * Concurrency is part of the law: what holds for one entry after another holds for entries that come at once, whoever of several people sends them. Every race is run over HTTP, with real
 * connections side by side, and asks of the log what came of it.
 */
describe('commands that race for one thing', () => {
  let registry: TestRegistry;
  let office: Office;
  let asset: string;
  let organisations: [string, string];
  beforeAll(async () => {
    registry = await aRegistry({}, NO_PROCESSES);
    office = await Office.of(registry);
    asset = await office.asset();
    organisations = [await office.organisation('Terra'), await office.organisation('Mare')];
  });
  afterAll(() => registry.close());

  const entries = async (stream: string, type: string, about: Record<string, string> = {}): Promise<RecordedEvent[]> =>
    (await registry.store.readStream(stream)).filter(
      (event) => event.type === type && Object.entries(about).every(([field, value]) => event.data[field] === value),
    );

  it('a proposal is decided once, whoever of two approvers comes first, and whatever they decide', async () => {
    const [one, other] = office.approvers;
    for (let round = 0; round < ROUNDS; round += 1) {
      const proposal = await office.proposal(asset, organisations[0], 'Terra');
      const approval = (by: Person): Sent => ({ by, path: `assets/${asset}/approve-assignment`, data: { proposal } });
      const path = `assets/${asset}/reject-assignment`;
      const rejection: Sent = { by: other, path, data: { proposal, details: 'The reasons are thin.' } };
      const race = round % 3 === 0 ? [approval(one), rejection] : [approval(one), approval(other)];
      const outcomes = await atOnce(registry, ...(round % 2 === 0 ? race : race.reverse()));
      expect(together(outcomes)).toEqual(['201 recorded', '409 proposal-decided']);
      const decided = [
        ...(await entries(`asset-${asset}`, 'AssignmentApproved', { proposal })),
        ...(await entries(`asset-${asset}`, 'AssignmentRejected', { proposal })),
      ];
      expect(idsOf(decided)).toEqual(taken(outcomes));
    }
  });

  it('payments never come to more than was approved, and none is turned away for which there is enough', async () => {
    const contract = await office.contract(asset, 1_000_000);
    await fc.assert(
      fc.asyncProperty(claims, async (amounts) => {
        const approved = Math.max(...amounts, sum(amounts) - 1);
        const request = await office.approvedPayment(asset, contract, approved);
        const race = amounts.map((minor, place) => payment(office.officers[place % 2]!, asset, request, minor));
        const outcomes = await atOnce(registry, ...race);
        const made = await entries(`asset-${asset}`, 'PaymentMade', { request });
        expect(idsOf(made)).toEqual(taken(outcomes));
        const left = approved - sum(made.map(minorOf));
        expect(left).toBeGreaterThanOrEqual(0);
        for (const [place, { status, ground }] of outcomes.entries())
          if (status !== 201) expect([ground, amounts[place]! > left]).toEqual(['approval-exceeded', true]);
      }),
      lasting,
    );
  });

  it('commitments never come to more than was allocated', async () => {
    await fc.assert(
      fc.asyncProperty(claims, async (amounts) => {
        const allocated = Math.max(...amounts, sum(amounts) - 1);
        const allocation = await office.allocation(asset, allocated);
        const race = amounts.map((minor, place) => commitment(office.officers[place % 2]!, asset, allocation, minor));
        const outcomes = await atOnce(registry, ...race);
        const committed = await entries(`asset-${asset}`, 'ExpenditureCommitted', { allocation });
        expect(idsOf(committed)).toEqual(taken(outcomes));
        const left = allocated - sum(committed.map(minorOf));
        expect(left).toBeGreaterThanOrEqual(0);
        for (const [place, { status, ground }] of outcomes.entries())
          if (status !== 201) expect([ground, amounts[place]! > left]).toEqual(['allocation-exceeded', true]);
      }),
      lasting,
    );
  });

  it('a command sent ten times at once under one key is one entry, and answers the same each time', async () => {
    const [by] = office.officers;
    for (let round = 0; round < ROUNDS; round += 1) {
      const key = randomUUID();
      const add = { by, path: `assets/${asset}/allocate-funds`, data: { source: 'eu', amount: euro(round + 1) }, key };
      const open = { by, path: 'assets', data: { kind: 'company' }, key };
      for (const sent of [add, open]) {
        const outcomes = await atOnce(registry, ...Array.from({ length: 10 }, () => sent));
        expect(outcomes.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
        expect(new Set(outcomes.map(({ body }) => body)).size).toBe(1);
        const [{ position } = { position: 0 }] = outcomes;
        const [event] = await registry.store.readAll(position - 1, 1);
        const same = (await registry.store.readStream(event!.stream)).filter(
          ({ metadata }) => metadata.commandId === event!.metadata.commandId,
        );
        expect(idsOf(same)).toEqual(taken(outcomes));
      }
    }
  });

  it('two commands under one key are one entry, and the other one is told so', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const key = randomUUID();
      const path = `assets/${asset}/allocate-funds`;
      const race = [1, 2].map((minor): Sent => {
        return { by: office.officers[0], path, data: { source: 'region', amount: euro(minor) }, key };
      });
      const outcomes = await atOnce(registry, ...race);
      expect(together(outcomes)).toEqual(['201 recorded', '422 key-reused']);
    }
  });

  it('of two agreements on one asset one is signed', async () => {
    const names = ['Terra', 'Mare'] as const;
    await Promise.all(
      Array.from({ length: ROUNDS }, async () => {
        const contested = await office.asset();
        const race: Sent[] = [];
        for (const [place, name] of names.entries()) {
          const proposal = await office.proposal(contested, organisations[place]!, name);
          const path = `assets/${contested}/approve-assignment`;
          await must(registry, { by: office.approvers[place]!, path, data: { proposal } });
          race.push(agreement(office.officers[place]!, contested, proposal, organisations[place]!, name));
        }
        const outcomes = await atOnce(registry, ...race);
        expect(together(outcomes)).toEqual(['201 recorded', '409 one-agreement-at-a-time']);
        expect(idsOf(await entries(`asset-${contested}`, 'AgreementSigned'))).toEqual(taken(outcomes));
      }),
    );
  });

  it('an award counts the evaluators there are: one who steps back comes before it, or not at all', async () => {
    const [anna, luca] = [
      await registry.person({ agency: 'ANBSC' }, { role: 'evaluator', agency: 'ANBSC' }),
      await registry.person({ agency: 'ANBSC' }, { role: 'evaluator', agency: 'ANBSC' }),
    ];
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { call, award, appointments } = await callToAward(registry.store, anna.account, luca.account);
      const recusal = { appointment: appointments[1], interest: 'business' };
      const race: Sent[] = [
        { by: office.approvers[0], path: `calls/${call}/award-call`, data: award, on: TODAY },
        { by: luca, path: `calls/${call}/recuse-evaluator`, data: recusal, on: TODAY },
      ];
      const outcomes = await atOnce(registry, ...(round % 2 === 0 ? race : race.reverse()));
      seen.add(together(outcomes).join(', '));
      const said = [...(await entries(`call-${call}`, 'CallAwarded')), ...(await entries(`call-${call}`, 'EvaluatorRecused'))];
      expect(idsOf(said)).toEqual(taken(outcomes));
      expect(said).toHaveLength(1);
    }
    // Both happened, or this says little.
    expect([...seen].sort()).toEqual([
      '201 recorded, 409 call-at-other-stage',
      '201 recorded, 409 ranking-differs',
    ]);
  }); // prettier-ignore
});

/** Two registries on one log: neither knows what the other is about to write. */
describe('commands that race through two registries on one EventStoreDB', () => {
  let server: EventStoreDbServer;
  let registries: TestRegistry[];
  let keys: string;
  beforeAll(async () => {
    server = await EventStoreDbServer.start();
    // Registries on one log have their keys of persons in common.
    keys = await mkdtemp(join(tmpdir(), 'person-keys-'));
    const env = {
      ...NO_PROCESSES,
      EVENT_STORE: 'eventstoredb',
      EVENTSTOREDB_URL: server.connectionString,
      PERSON_KEYS_PATH: join(keys, 'keys.sqlite'),
      PERSON_KEYS_MASTER: '5a'.repeat(32),
    };
    registries = [await aRegistry({}, env), await aRegistry({}, env)];
  });
  afterAll(async () => {
    for (const registry of registries) await registry.close();
    await rm(keys, { recursive: true });
    server.stop();
  });

  it('payments never come to more than was approved, and every acknowledged one is in the log once', async () => {
    const [here, there] = registries as [TestRegistry, TestRegistry];
    const office = await Office.of(here);
    const asset = await office.asset();
    const contract = await office.contract(asset, 1_000_000);
    await fc.assert(
      fc.asyncProperty(claims, async (amounts) => {
        const approved = Math.max(...amounts, sum(amounts) - 1);
        const request = await office.approvedPayment(asset, contract, approved);
        const race = amounts.map((minor, place) => payment(office.officers[place % 2]!, asset, request, minor));
        const outcomes = await Promise.all(race.map((sent, place) => send(place % 2 === 0 ? here : there, sent)));
        const made = (await there.store.readStream(`asset-${asset}`)).filter(
          ({ type, data }) => type === 'PaymentMade' && data.request === request,
        );
        expect(idsOf(made)).toEqual(taken(outcomes));
        const left = approved - sum(made.map(minorOf));
        expect(left).toBeGreaterThanOrEqual(0);
        for (const [place, { status, ground }] of outcomes.entries())
          if (status !== 201) expect([ground, amounts[place]! > left]).toEqual(['approval-exceeded', true]);
      }),
      lasting,
    );
  });

  it('a command that is sent to both under one key is one entry', async () => {
    const office = await Office.of(registries[0]!);
    for (let round = 0; round < ROUNDS; round += 1) {
      const open: Sent = { by: office.officers[0], path: 'assets', data: { kind: 'company' }, key: randomUUID() };
      const [one, other] = await Promise.all(registries.map((registry) => send(registry, open)));
      expect(one!.body).toBe(other!.body);
      // The server says of what it has already that it was written: both may answer that it was recorded.
      for (const { status } of [one!, other!]) expect([200, 201]).toContain(status);
      const { asset } = JSON.parse(one!.body) as { asset: string };
      const written = await registries[0]!.store.readStream(`asset-${asset}`);
      expect(idsOf(written)).toEqual([one!.entry]);
    }
  });
});
