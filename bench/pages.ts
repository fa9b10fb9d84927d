import { loadavg } from 'node:os';
import { ReadDatabase, registerSlice, reportSlice } from '#read-models';
import type { ReportName } from '#read-models';
import { addressOf, civicLists, dataAddress, feedAddress, guides, reportPages } from '#web';
import type { Target } from '#web';
import type { BenchSettings } from './main';
import { randomFrom } from './lives';
import { atRate, connected } from './load';
import { registerOf, withPortal } from './register';
import type { Measured } from './report';
import { percentile } from './timing';

const REQUESTS_PER_SECOND = 300;
/** Of answers that nobody was sent before; one processor cannot make three hundred a second. */
const MADE_PER_SECOND = 30;
/** A portal that has answered for a while: its code is compiled, and what everybody asks for was sent before. */
const WARM_UP_SECONDS = 5;
const SECONDS = 6;
const CONNECTIONS = 64;
const AIM_MS = 50;

/** What is asked for, by the name of its kind. */
type Questions = Readonly<Record<string, readonly string[]>>;

/**
 * Latency of every kind of public page, and of the data behind the greater ones, over a large register and at a steady rate of requests. The portal is a process of its own. Each kind is asked for as many
 * people ask, who are sent what was made for the first of them; and as if every reader came to a portal of another name, for whom everything is made anew: what the first one waits after each entry that is written.
 */
export async function pages({ assets, cache, match }: BenchSettings): Promise<Measured[]> {
  const register = await registerOf(assets, cache);
  const known = await knownIn(register);
  return withPortal(register, async (origin) => {
    const questions = { ...questionsOf(known), ...(await civicQuestions(origin)) };
    const rows: Measured[] = [];
    for (const [what, addresses] of Object.entries(questions)) {
      if (match !== undefined && !what.includes(match)) continue;
      rows.push(
        await asked(origin, what, addresses, 'kept'),
        await asked(origin, `${what}, made anew`, addresses, 'anew'),
      );
    }
    return rows;
  });
}

interface Known {
  /** Assets anywhere in the register. */
  readonly assets: readonly string[];
  /** Assets on the list of a chapter's report. */
  readonly listed: Readonly<Record<'money' | 'support' | 'use', readonly string[]>>;
}

const regions = ['19', '15', '18', '03', '16', '12'];
/** Days in the middle of a year and of a month, for which most is counted by the day. */
const days = ['2015-05-15', '2005-06-16', '2020-11-15'];
/** Provinces and municipalities of the bench's world. */
const [provinces, towns] = [regions.map((region) => `${region}1`), regions.map((region) => `${region}1001`)];

function questionsOf({ assets, listed }: Known): Questions {
  const page = (target: Target): string => addressOf('en', target);
  const inBoth = (target: Target): string[] => [addressOf('en', target), addressOf('it', target)];
  const registerBy = (queries: readonly Readonly<Record<string, string>>[]): string[] =>
    queries.map((query) => page({ page: 'register', query }));
  const map = (queries: readonly Readonly<Record<string, string>>[]): string[] =>
    queries.map((query) => page({ page: 'map', query }));
  return {
    home: inBoth({ page: 'home' }),
    register: inBoth({ page: 'register' }),
    search: ['appartamento', 'comune 17', 'garage sicilia', 'terra', 'via roma 12'].flatMap((q) =>
      inBoth({ page: 'search', q }),
    ),
    'register by region and phase': registerBy(regions.map((region) => ({ region, phase: 'confiscated-final' }))),
    'register by municipality': registerBy(
      regions.map((region, place) => ({ region, province: provinces[place]!, municipality: towns[place]! })),
    ),
    'register by region and use': registerBy(regions.map((region) => ({ region, use: 'in-use' }))),
    'register by words': registerBy(
      ['appartamento', 'terreno agricolo', 'comune 17', 'garage sicilia'].map((q) => ({ q })),
    ),
    'register as of a day': registerBy(
      ['2005-06-30', '2015-01-01', '2020-12-31'].map((asOf) => ({ asOf, region: '15' })),
    ),
    'register as JSON': regions.map((region) => dataAddress.assets({ region, kind: 'real-estate' }, 'pages')),
    'map of the country': map([{}, { kind: 'company' }, { phase: 'confiscated-final' }]),
    'map as of a day': map(days.map((asOf) => ({ asOf }))),
    'map of a region': map(regions.map((region) => ({ region }))),
    'map of a province': map(regions.map((region, place) => ({ region, province: provinces[place]! }))),
    'map of a town': map(
      regions.map((region, place) => ({ region, province: provinces[place]!, municipality: towns[place]! })),
    ),
    'map data': ['6,36,19,48&zoom=5', '12,36,16,39&zoom=8', '13.2,38,13.5,38.2&zoom=12'].map(
      (view) => `${dataAddress.map({})}?bbox=${view}`,
    ),
    asset: assets.map((id) => page({ page: 'asset', id })),
    'asset with entries of every chapter': listed.money.map((id) => page({ page: 'asset', id })),
    'asset as of a day': assets.map((id) => page({ page: 'asset', id, moment: { asOf: '2020-12-31' } })),
    'asset as JSON': assets.map((id) => dataAddress.asset(id, {})),
    ...Object.fromEntries(
      (['money', 'support', 'use'] as const).map((name) => [
        `${name} of an asset, as JSON`,
        listed[name].map((id) => dataAddress.assetReport(id, name, {})),
      ]),
    ),
    ...Object.fromEntries(reportPages.map((name) => [name, inBoth({ page: name })])),
    ...Object.fromEntries(
      reportPages.map((name) => [
        `${name} by region`,
        regions.map((region) => page({ page: name, query: { region } })),
      ]),
    ),
    'money as of a day': ['2015-06-30', '2020-12-31'].map((asOf) => page({ page: 'money', query: { asOf } })),
    'medians of all regions, as JSON': ['/api/v1/waiting/totals?by=region'],
    indicators: inBoth({ page: 'indicators' }),
    'indicators as of a day': days.map((asOf) => page({ page: 'indicators', moment: { asOf } })),
    area: [...regions, ...provinces, ...towns].map((code) => page({ page: 'area', code })),
    'area as of a day': regions.map((code) => page({ page: 'area', code, moment: { asOf: days[0]! } })),
    integrity: inBoth({ page: 'integrity' }),
    data: inBoth({ page: 'data' }),
    guides: guides.flatMap((guide) => inBoth({ page: 'guide', guide })),
    feed: [feedAddress('it', { page: 'home' }), ...regions.map((code) => feedAddress('it', { page: 'area', code }))],
    'feed of an asset': assets.map((id) => feedAddress('it', { page: 'asset', id })),
    'feed of the register, filtered': regions.map((region) =>
      feedAddress('it', { page: 'register', query: { region, kind: 'real-estate', phase: 'available' } }),
    ),
    'feed of words': ['villa', 'palermo', 'Xqz'].map((q) => feedAddress('it', { page: 'register', query: { q } })),
    'feeds of reports': reportPages.flatMap((name) => [
      feedAddress('it', { page: name }),
      ...regions.map((region) => feedAddress('it', { page: name, query: { region } })),
    ]),
    'changes as JSON': [0, 50_000, 90_000].map((after) => dataAddress.changes({ after, limit: 100 })),
  };
}

/** The lists around assets, and single calls, organisations, threads and groups, as far as there are any. */
async function civicQuestions(origin: string): Promise<Questions> {
  const questions = await Promise.all(
    civicLists.map(async (list): Promise<Questions> => {
      const answer = (await (await fetch(`${origin}/api/v1/${list}`)).json()) as Record<string, { id: string }[]>;
      const one = (answer[list] ?? []).map(({ id }) => addressOf('en', { page: 'civic', list, id }));
      return { [list]: [addressOf('en', { page: list })], ...(one.length > 0 && { [`one of the ${list}`]: one }) };
    }),
  );
  return Object.assign({}, ...questions) as Questions;
}

async function asked(
  origin: string,
  what: string,
  addresses: readonly string[],
  how: 'kept' | 'anew',
): Promise<Measured> {
  const agent = await connected(origin, CONNECTIONS);
  try {
    let reader = 0;
    const headers = () => ({
      'accept-encoding': 'br, gzip',
      ...(how === 'anew' && { host: `reader-${(reader += 1)}.localhost` }),
    });
    const perSecond = how === 'kept' ? REQUESTS_PER_SECOND : MADE_PER_SECOND;
    const load = { perSecond, headers };
    await atRate(origin, agent, addresses, { ...load, seconds: WARM_UP_SECONDS, seed: 1 });
    const first = perSecond * WARM_UP_SECONDS;
    const { ms } = await atRate(origin, agent, addresses, { ...load, seconds: SECONDS, seed: 2, first });
    process.stderr.write(`${what}: p99 ${percentile(ms, 0.99).toFixed(1)} ms, load ${loadavg()[0]?.toFixed(1)}\n`);
    return {
      what: `${what}, p99 at ${perSecond} requests/s`,
      rate: percentile(ms, 0.99),
      unit: 'ms',
      against: { name: 'p50', rate: percentile(ms, 0.5) },
      aim: { max: AIM_MS },
    };
  } finally {
    agent.destroy();
  }
}

async function knownIn(path: string): Promise<Known> {
  const database = await ReadDatabase.openForReading({ kind: 'sqlite', path });
  const random = randomFrom(7);
  const assets: string[] = [];
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  while (assets.length < 5000) {
    const somewhere = `IT-${letters[Math.floor(random() * 32)]}${letters[Math.floor(random() * 32)]}${letters[Math.floor(random() * 32)]}`;
    const { items } = await registerSlice(database, { after: somewhere, limit: 25 });
    assets.push(...items.map(({ id }) => id));
  }
  const on = async (name: ReportName): Promise<string[]> => {
    const { rows } = await reportSlice(database, name, { filters: {}, limit: 200 });
    return [...new Set(rows.map(({ asset }) => String(asset)))];
  };
  const listed = { money: await on('money'), support: await on('support'), use: await on('use') };
  await database.close();
  return { assets, listed };
}
