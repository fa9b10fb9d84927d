import fc from 'fast-check';
import { aggregates, derivedUuid, grantsAt, idFrom, isAdministrator, italy, nothingConsulted } from '#domain';
import type { Account, Actor, Course, JsonObject, LegalDate, RecordedEvent, Source } from '#domain';
import { SET_UP_SOURCE, opened, setUp } from './accounts';

/** Whatever anybody asks for in whatever order, what is accepted keeps the promises of docs/decisions/011-access.md. */

const { empty, evolve, decide } = aggregates.account;
const NAMES = ['a', 'b', 'c', 'd'] as const;
type Name = (typeof NAMES)[number];
const idOf = (name: Name): string => idFrom('account', 'IT', 'local', name);

interface Wish {
  readonly by: Name;
  readonly on: Name;
  readonly command: string;
  readonly role: string;
  /** Which of the grants made so far. */
  readonly grant: number;
  /** Days until the end of the role; none for a role without one. */
  readonly days: number | undefined;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  by: fc.constantFrom(...NAMES),
  on: fc.constantFrom(...NAMES),
  command: fc.constantFrom('grant-role', 'grant-role', 'withdraw-role', 'suspend-account', 'reinstate-account', 'close-account'), // prettier-ignore
  role: fc.constantFrom('administrator', 'administrator', 'approver', 'officer'),
  grant: fc.nat({ max: 5 }),
  days: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
});

/** A registry of four accounts, each day one wish. */
class Registry {
  readonly courses = new Map<string, Course<Account>>();
  readonly log: { readonly stream: string; readonly event: RecordedEvent }[] = [];
  private day = 0;

  constructor() {
    for (const name of NAMES) this.send(setUp, SET_UP_SOURCE, name, 'open-account', opened().data);
    this.send(setUp, SET_UP_SOURCE, 'a', 'grant-role', { role: 'administrator', reason: 'Set-up' });
  }

  get now(): string {
    return new Date(Date.UTC(2026, 0, 1 + this.day, 10)).toISOString();
  }

  state(name: Name): Account {
    return this.courses.get(idOf(name))!.state!;
  }

  administrators(): readonly Name[] {
    return NAMES.filter((name) => isAdministrator(this.state(name), this.now, italy.timeZone));
  }

  ask({ by, on, command, role, grant, days }: Wish): boolean {
    this.day += 1;
    const until = days === undefined ? {} : { until: this.inDays(days) };
    const data: Record<string, JsonObject> = {
      'grant-role': { role, ...(role !== 'administrator' && { agency: 'ANBSC' }), ...until, reason: 'Any' },
      'withdraw-role': { grant: this.state(on).grants[grant]?.id ?? derivedUuid('none'), reason: 'Any' },
    };
    const actor = { subject: idOf(by), agency: 'ANBSC', role: 'administrator' };
    return this.send(actor, { kind: 'form' }, on, command, data[command] ?? { reason: 'Any' });
  }

  private inDays(days: number): LegalDate {
    return new Date(Date.UTC(2026, 0, 1 + this.day + days)).toISOString().slice(0, 10);
  }

  private send(actor: Actor, source: Source, on: Name, command: string, data: JsonObject): boolean {
    const course = this.courses.get(idOf(on)) ?? empty;
    const commandId = derivedUuid('wish', idOf(on), this.log.length, this.day);
    const names = aggregates.account.consults({ name: command, occurredOn: null, data }, actor, course);
    const account = new Map(
      names.map((name) => name.slice('account-'.length)).map((id) => [id, this.courses.get(id)?.state]),
    );
    const decision = decide(
      { name: command, occurredOn: this.now.slice(0, 10), data },
      course,
      { id: idOf(on), now: this.now, profile: italy, actor, source, commandId, commandDigest: 'd', correlationId: 'c' },
      { ...nothingConsulted, account },
    );
    if (decision.kind !== 'accepted') return false;
    for (const event of decision.events) {
      const stream = `account-${idOf(on)}`;
      const recorded = { ...event, stream, revision: course.revision + 1, position: this.log.length };
      this.courses.set(idOf(on), evolve(course, recorded));
      this.log.push({ stream, event: recorded });
    }
    return true;
  }
}

describe('however rights are given and taken', () => {
  const runs = (check: (registry: Registry) => void) =>
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
        const registry = new Registry();
        for (const each of wishes) {
          registry.ask(each);
          check(registry);
        }
      }),
      { numRuns: 200 },
    );

  it('an administrator is left', () => runs((registry) => expect(registry.administrators()).not.toEqual([])));

  it('nobody gives out rights and approves', () =>
    runs((registry) => {
      for (const name of NAMES) {
        const roles = grantsAt(registry.state(name), registry.now, italy.timeZone).map(({ role }) => role);
        expect(roles).not.toEqual(expect.arrayContaining(['administrator', 'approver']));
      }
    }));

  it('nobody has what they gave themselves, and a closed account has nothing', () =>
    runs((registry) => {
      for (const { stream, event } of registry.log)
        if (event.type === 'RoleGranted') expect(stream).not.toBe(`account-${event.metadata.actor.subject}`);
      for (const name of NAMES)
        if (registry.state(name).closedAt !== undefined)
          expect(grantsAt(registry.state(name), registry.now, italy.timeZone)).toEqual([]);
    }));

  it('a replay gives the same rights, on every day that was', () =>
    runs((registry) => {
      for (const name of NAMES) {
        const own = registry.log.filter(({ stream }) => stream === `account-${idOf(name)}`);
        expect(aggregates.account.replay(own.map(({ event }) => event))).toEqual(registry.courses.get(idOf(name)));
      }
    }));

  it('some of it is accepted, or this proves nothing', () => {
    const registry = new Registry();
    const base = { by: 'a', on: 'b', command: 'grant-role', role: 'administrator', grant: 0, days: undefined } as const;
    expect(registry.ask(base)).toBe(true);
    expect(registry.ask({ ...base, by: 'b', on: 'a', command: 'close-account' })).toBe(true);
    expect(registry.administrators()).toEqual(['b']);
    expect(registry.ask({ ...base, by: 'a', on: 'b', command: 'close-account' })).toBe(false);
  });
});
