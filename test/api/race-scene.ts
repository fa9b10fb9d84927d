import { randomUUID } from 'node:crypto';
import type { JsonObject, RecordedEvent } from '#domain';
import type { Person, TestRegistry } from '../access/registry';

/** How often a race is run: enough to see more than one order. */
export const ROUNDS = 15;
/** What happens by itself is not part of a race. */
export const NO_PROCESSES = { PROCESSES_RUN: 'off' };

/** The statuses and grounds of what was sent at once, whoever was first. */
export const together = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(({ status, ground = 'recorded' }) => `${status} ${ground}`).sort();

/** Those that were taken, by their entries. */
export const taken = (outcomes: readonly Outcome[]): string[] =>
  outcomes.filter(({ status }) => status === 201).map(({ entry }) => entry).sort(); // prettier-ignore

export const idsOf = (events: readonly RecordedEvent[]): string[] => events.map(({ id }) => id).sort();
/** What became of a command sent over HTTP. */
export interface Outcome {
  readonly status: number;
  /** Code of the problem; undefined where the command was taken. */
  readonly ground: string | undefined;
  /** The entry it recorded; empty where it was refused. */
  readonly entry: string;
  readonly position: number;
  readonly body: string;
}

export interface Sent {
  readonly by: Person;
  readonly path: string;
  readonly data: JsonObject;
  readonly key?: string;
  readonly on?: string;
}

/** Sends a command, as a program of its sender would. */
export async function send(registry: TestRegistry, { by, path, data, key = randomUUID(), on }: Sent): Promise<Outcome> {
  const answer = await registry.send('POST', `/api/v1/${path}`, by, { occurredOn: on ?? '2026-01-10', data }, {
    'idempotency-key': key,
  }); // prettier-ignore
  const body = await answer.text();
  const {
    type,
    entry = '',
    position = 0,
  } = JSON.parse(body) as Record<'type' | 'entry', string> & { position: number };
  return { status: answer.status, ground: type?.replace('/problems/', ''), entry, position, body };
}

/** The same where nothing else is thought of than that it is taken. */
export async function must(registry: TestRegistry, sent: Sent): Promise<Outcome & { readonly id: string }> {
  const outcome = await send(registry, sent);
  if (outcome.status !== 201) throw new Error(`${sent.path}: ${outcome.status} ${outcome.body}`);
  const [id = ''] = Object.values(JSON.parse(outcome.body) as Record<string, string>);
  return { ...outcome, id };
}

/** Sends all of them before the first is answered, in the order given. */
export const atOnce = (registry: TestRegistry, ...sent: readonly Sent[]): Promise<Outcome[]> =>
  Promise.all(sent.map((each) => send(registry, each)));

/** People of one agency, and what they do to bring a dossier where it is raced for. */
export class Office {
  private constructor(
    readonly registry: TestRegistry,
    readonly officers: readonly [Person, Person],
    readonly approvers: readonly [Person, Person],
  ) {}

  static async of(registry: TestRegistry): Promise<Office> {
    const somebody = (role: string): Promise<Person> => registry.person({ agency: 'ANBSC' }, { role, agency: 'ANBSC' });
    return new Office(
      registry,
      [await somebody('officer'), await somebody('officer')],
      [await somebody('approver'), await somebody('approver')],
    );
  }

  /** An asset that is finally confiscated. */
  async asset(): Promise<string> {
    const [by] = this.officers;
    const { id } = await must(this.registry, { by, path: 'assets', data: { kind: 'real-estate' }, on: '2015-03-12' });
    const path = (command: string): string => `assets/${id}/${command}`;
    await must(this.registry, { by, path: path('order-confiscation'), data: { instance: 'first' }, on: '2016-05-01' });
    await must(this.registry, { by, path: path('make-confiscation-final'), data: {}, on: '2018-05-01' });
    return id;
  }

  /** An organisation that may hold an asset. */
  async organisation(name: string): Promise<string> {
    const { officers, approvers, registry } = this;
    const data = { kind: 'academia', name };
    const { id } = await must(registry, { by: officers[0], path: 'organisations', data, on: '2020-03-01' });
    const verified = {
      by: approvers[0],
      path: `organisations/${id}/verify-organisation`,
      data: { checks: ['identity'] },
    };
    await must(registry, verified);
    return id;
  }

  /** The entry that proposes to assign the asset to the organisation, without a call. */
  async proposal(asset: string, organisation: string, name: string): Promise<string> {
    const data = {
      organisation,
      name,
      directGround: 'Legislative decree 159/2011 art. 48(3)(c-bis)',
      reasons: 'Near.',
    };
    return (await must(this.registry, { by: this.officers[0], path: `assets/${asset}/propose-assignment`, data }))
      .entry;
  }

  /** The entry that sets money aside. */
  async allocation(asset: string, minor: number): Promise<string> {
    const data = { source: 'state', amount: euro(minor) };
    return (await must(this.registry, { by: this.officers[0], path: `assets/${asset}/allocate-funds`, data })).entry;
  }

  /** A contract from which so much can be paid. */
  async contract(asset: string, minor: number): Promise<string> {
    const [by] = this.officers;
    return (await must(this.registry, commitment(by, asset, await this.allocation(asset, minor), minor))).entry;
  }

  /** The approved request for that sum: what may be paid. */
  async approvedPayment(asset: string, commitment: string, minor: number): Promise<string> {
    const { registry, officers, approvers } = this;
    const requested = { commitment, amount: euro(minor), document: paper };
    const path = (command: string): string => `assets/${asset}/${command}`;
    const { entry: request } = await must(registry, {
      by: officers[0],
      path: path('request-payment'),
      data: requested,
    });
    const data = { request, amount: euro(minor) };
    await must(registry, { by: approvers[0], path: path('approve-payment'), data });
    return request;
  }
}

export const euro = (minor: number): JsonObject => ({ minor, currency: 'EUR' });
export const paper: JsonObject = { sha256: 'ab'.repeat(32), title: 'Document' };

export const commitment = (by: Person, asset: string, allocation: string, minor: number): Sent => ({
  by,
  path: `assets/${asset}/commit-expenditure`,
  data: {
    allocation,
    amount: euro(minor),
    supplier: { name: 'Edilizia' },
    procedure: 'open',
    contract: 'CIG-1',
    document: paper,
  },
});

export const payment = (by: Person, asset: string, request: string, minor: number): Sent => ({
  by,
  path: `assets/${asset}/make-payment`,
  data: { request, amount: euro(minor), document: paper },
});

export const agreement = (by: Person, asset: string, proposal: string, organisation: string, name: string): Sent => ({
  by,
  path: `assets/${asset}/sign-agreement`,
  data: {
    proposal,
    organisation,
    name,
    act: { number: '7/2026' },
    object: 'Social use of the asset',
    from: '2026-01-10',
    to: '2030-12-31',
    charge: 'free',
    renewable: true,
  },
});
