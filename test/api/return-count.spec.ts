import { setTimeout as pause } from 'node:timers/promises';
import { dossiers, returnOf } from '../annual-return/asking';
import { textOf } from '../web/text-of';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

const ID = returnOf('2024').slice('return-'.length);

/** What officers and the public see while the registry counts a return: here it stops in the middle until it is let go on. */
describe('a return that is being counted', () => {
  let system: TestSystem;
  let goOn: () => void;
  beforeAll(async () => {
    system = await aSystem();
    await dossiers(system.recorder, 300);
    const { log } = system;
    const readAll = log.readAll.bind(log);
    const held = new Promise<void>((resolve) => (goOn = resolve));
    log.readAll = async (after, max) => {
      if (after >= 400) await held;
      return readAll(after, Math.min(max, 250));
    };
  }, 60_000);
  afterAll(async () => {
    goOn();
    await closed(system);
  });

  const send = (path: string, data: object, key: string): Promise<Response> =>
    system.post(`/api/v1/annual-returns${path}`, { occurredOn: today(), data }, { 'idempotency-key': key });
  const today = (): string => dateOf(new Date().toISOString(), italy.timeZone);
  const json = async (path: string): Promise<unknown> => (await system.get(path)).json();
  const text = async (path: string): Promise<string> => textOf(await (await system.get(path)).text());
  const untilThen = async (told: () => Promise<boolean>): Promise<void> => {
    while (!(await told())) await pause(10);
  };

  it('is accepted at once, and says how far it is', async () => {
    const asked = await send('', { year: '2024' }, 'ask');
    expect(asked.status).toBe(201);
    const { entry, position } = (await asked.json()) as { entry: string; position: number };
    await untilThen(async () => JSON.stringify(await json('/api/v1/annual-return-count')).includes('"counted":500'));
    expect(await json('/api/v1/annual-return-count')).toMatchObject({
      underWay: { years: ['2024'], counted: 500, until: position },
    });
    expect(await json(`/api/v1/annual-returns/2024?after=${position}`)).toMatchObject({
      published: null,
      underWay: { stage: 'counting', entry, digest: null, logPosition: null },
    });
    expect(await text('/en/annual-return/2024')).toContain('The return of 2024 is being counted.');
    expect(await text('/en/annual-return')).toContain('Being counted');
    const office = await text(`/office/annual-returns/${ID}`);
    expect(office).toContain(`500 di ${position} del giornale (55%)`);
  });

  it('keeps nobody waiting who asks again, publishes, or writes figures down', async () => {
    const tries = [
      ['/revise-return', { reason: 'Again.' }, 409, 'return-being-counted'],
      ['/publish-return', { preparation: '00000000-0000-4000-8000-000000000000' }, 409, 'return-being-counted'],
      ['/write-down-return', { year: '2024' }, 409, 'figures-are-counted'],
    ] as const;
    for (const [path, data, status, problem] of tries) {
      const answer = await send(`/${ID}${path}`, data, path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(((await answer.json()) as { type: string }).type).toContain(problem);
    }
    expect((await send('', { year: '2024' }, 'ask')).status).toBe(200);
  });

  it('is prepared when the count has come to its end', async () => {
    goOn();
    await untilThen(async () =>
      JSON.stringify(await json('/api/v1/annual-returns/2024')).includes('"stage":"prepared"'),
    );
    expect(await json('/api/v1/annual-return-count')).toEqual({ underWay: null });
    expect(await text(`/office/annual-returns/${ID}`)).not.toContain('Le cifre si stanno calcolando');
    expect(await text('/en/annual-return/2024')).toContain('prepared and not published yet');
  }, 20_000);
});
import { dateOf, italy } from '#domain';
