import { addressOf, civicLists, guides, reportPages } from '#web';
import type { Target } from '#web';
import { startChromium } from '../test/browser/chromium';
import { firstLoad, slowPhone, totalOf } from './first-load';
import type { FirstLoad } from './first-load';
import type { BenchSettings } from './main';
import { environment, withPlayed } from './played';
import type { Measured } from './report';
import { percentile } from './timing';
import { withStandalone } from './standalone';

const ROUNDS = 3;

/** What Lighthouse looks at, page by page over a scenario's world: a phone four times slower than this machine, on a slow mobile network, with nothing of the site in its browser. Medians of three visits. */
export async function browser({ folder }: BenchSettings): Promise<Measured[]> {
  const asset = await withPlayed(folder, { dossiers: 120, calls: 0 }, async ({ system }) => {
    const answer = (await (await fetch(`${system.url}/api/v1/money`)).json()) as {
      movements: { asset: { id: string } }[];
    };
    return answer.movements[0]!.asset;
  });
  const targets: [string, Target][] = [
    ...(['home', 'register', 'map', ...reportPages, ...civicLists, 'indicators', 'integrity', 'data'] as const).map(
      (page): [string, Target] => [page, { page }],
    ),
    ['asset', { page: 'asset', id: asset as never }],
    ...guides.map((guide): [string, Target] => [guide, { page: 'guide', guide }]),
  ];
  const chromium = await startChromium();
  try {
    return await withStandalone(environment(folder), async (origin) => {
      const rows: Measured[] = [];
      for (const [name, target] of targets) {
        const loads: FirstLoad[] = [];
        for (let round = 0; round < ROUNDS; round += 1)
          loads.push(await firstLoad(chromium, origin + addressOf('en', target), slowPhone));
        const median = (of: (load: FirstLoad) => number): number => percentile(loads.map(of), 0.5);
        // As Lighthouse draws its lines between green and amber.
        rows.push(
          {
            what: `${name}: over the wire`,
            rate: median(totalOf) / 1000,
            unit: 'kB',
            aim: { max: name === 'map' ? 160 : 60 },
          },
          {
            what: `${name}: first paint`,
            rate: median(({ firstPaint }) => firstPaint),
            unit: 'ms',
            aim: { max: 1800 },
          },
          {
            what: `${name}: largest paint`,
            rate: median(({ largestPaint }) => largestPaint),
            unit: 'ms',
            aim: { max: 2500 },
          },
          { what: `${name}: blocked`, rate: median(({ blocked }) => blocked), unit: 'ms', aim: { max: 200 } },
          { what: `${name}: layout shift`, rate: median(({ shift }) => shift), unit: '', aim: { max: 0 } },
        );
      }
      return rows;
    });
  } finally {
    await chromium.close();
  }
}
