import { NO_PROCESSES, ROUNDS, atOnce, idsOf, must, send, taken, together } from '../api/race-scene';
import type { Outcome, Sent } from '../api/race-scene';
import { TODAY, aRegistry } from './registry';
import type { Person, TestRegistry } from './registry';

describe('rights that are taken while they are used', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await aRegistry({}, NO_PROCESSES);
  });
  afterAll(() => registry.close());

  /** Somebody with one role, and the entry that granted it. */
  const somebody = async (role: object): Promise<Person & { readonly grant: string }> => {
    const person = await registry.person({ agency: 'ANBSC' });
    const path = `accounts/${person.account}/grant-role`;
    const { entry } = await must(registry, {
      by: registry.administrator,
      path,
      data: { ...role, reason: 'Order 1' },
      on: TODAY,
    });
    return { ...person, grant: entry };
  };
  const withdrawal = (by: Person, { account, grant }: Person & { readonly grant: string }): Sent => ({
    by,
    path: `accounts/${account}/withdraw-role`,
    data: { grant, reason: 'Order 2' },
    on: TODAY,
  });
  const administrators = async (among: readonly Person[]): Promise<Person[]> => {
    const accounts = await registry.roster.accounts();
    return among.filter(({ account }) =>
      accounts.some(
        (each) =>
          each.id === account &&
          each.account.grants.some(({ role, withdrawn }) => role === 'administrator' && withdrawn === undefined),
      ),
    );
  };

  it.each([2, 3, 4])('of %d administrators who take the role from each other in a ring, one is left at least', async (size) => {
    for (let round = 0; round < ROUNDS / 3; round += 1) {
      const ring: (Person & { readonly grant: string })[] = [];
      for (let place = 0; place < size; place += 1) ring.push(await somebody({ role: 'administrator' }));
      const race = ring.map((by, place) => withdrawal(by, ring[(place + 1) % size]!));
      const outcomes = await atOnce(registry, ...race);
      const left = await administrators(ring);
      expect(left).toHaveLength(size - taken(outcomes).length);
      expect(left.length).toBeGreaterThanOrEqual(1);
      if (size === 2) expect(left).toHaveLength(1);
      // Who was no administrator any more is told so: by the table before the command is looked at, or by the law.
      for (const { status, ground } of outcomes)
        if (status !== 201) expect(['403 not-allowed', '403 administrator-needed']).toContain(`${status} ${ground}`);
    }
  }); // prettier-ignore

  /**
   * What is promised (docs/decisions/011-access.md): rights are asked once, when a command comes in. Whatever is sent after the withdrawal was answered is refused. A command that was
   * under way may still be recorded, also at a position after the withdrawal; its sender had the role when it was let in.
   */
  it('nothing is recorded that was sent after the withdrawal of the role was answered', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const officer = await somebody({ role: 'officer', agency: 'ANBSC' });
      const { id } = await must(registry, { by: officer, path: 'assets', data: { kind: 'company' } });
      let answered = false;
      const sentBefore = new Map<string, boolean>();
      const note = async (place: number): Promise<Outcome> => {
        const title = `Round ${round}, ${place}`;
        sentBefore.set(title, !answered);
        return send(registry, { by: officer, path: `assets/${id}/describe-asset`, data: { title } });
      };
      const inFlight: Promise<Outcome>[] = [];
      const steady = async (from: number, count: number): Promise<void> => {
        for (let place = from; place < from + count; place += 1) {
          inFlight.push(note(place));
          await new Promise(setImmediate);
        }
      };
      await steady(0, 4 + (round % 4));
      const taking = send(registry, withdrawal(registry.administrator, officer)).then((outcome) => {
        answered = true;
        return outcome;
      });
      await steady(10, 10);
      const withdrawn = await taking;
      expect(withdrawn.status).toBe(201);
      const late = await Promise.all([note(100), note(101), note(102)]);
      expect(together(late)).toEqual(Array<string>(3).fill('403 not-allowed'));

      const outcomes = await Promise.all(inFlight);
      const described = (await registry.store.readStream(`asset-${id}`)).filter(({ type }) => type === 'AssetDescribed');
      expect(idsOf(described)).toEqual(taken(outcomes));
      for (const { status, ground } of outcomes)
        if (status !== 201) expect(`${status} ${ground}`).toBe('403 not-allowed');
      const after = described.filter(({ position }) => position > withdrawn.position);
      expect(after.map(({ data }) => sentBefore.get(data.title as string))).toEqual(after.map(() => true));
    }
  }); // prettier-ignore
});
