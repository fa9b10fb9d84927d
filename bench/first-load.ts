import type { Browser, CDPSession, Page } from 'playwright-core';

/** A phone of the middle class on a slow mobile network, as Lighthouse supposes: a processor four times slower, 1.6 Mbit/s down, 0.75 up, 150 ms there and back. */
export const slowPhone = {
  slowdown: 4,
  network: { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 },
} as const;

/** What somebody's first look at a page costs: nothing of the site is in the browser yet. */
export interface FirstLoad {
  /** Over the wire, packed, with the headers; by what it is for. */
  readonly bytes: { readonly page: number; readonly style: number; readonly script: number; readonly rest: number };
  /** Addresses of other servers that were asked. */
  readonly elsewhere: readonly string[];
  /** Cumulative layout shift: 0 where nothing moves once it is there. */
  readonly shift: number;
  /** When something was painted first, and the largest part, in milliseconds; and for how long beyond 50 ms at a time nobody could have used the page after that. */
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocked: number;
}

export const totalOf = ({ bytes }: FirstLoad): number => Object.values(bytes).reduce((sum, each) => sum + each, 0);

/** Opens a page in a browser that has never been there, on a phone's screen. */
export async function firstLoad(browser: Browser, url: string, conditions?: typeof slowPhone): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const traffic = await trafficOf(cdp, new URL(url).origin);
    await page.addInitScript(watchPaints);
    if (conditions) {
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: conditions.slowdown });
      await cdp.send('Network.emulateNetworkConditions', conditions.network);
    }
    await page.goto(url, { waitUntil: 'networkidle' });
    return { ...traffic, ...(await paintsOn(page)) };
  } finally {
    await context.close();
  }
}

async function trafficOf(cdp: CDPSession, origin: string): Promise<Pick<FirstLoad, 'bytes' | 'elsewhere'>> {
  const kinds = new Map<string, keyof FirstLoad['bytes']>();
  const bytes = { page: 0, style: 0, script: 0, rest: 0 };
  const elsewhere: string[] = [];
  const kindOf: Readonly<Record<string, keyof typeof bytes>> = {
    Document: 'page',
    Stylesheet: 'style',
    Script: 'script',
  };
  cdp.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    kinds.set(requestId, kindOf[type ?? ''] ?? 'rest');
    if (!request.url.startsWith(`${origin}/`) && !request.url.startsWith('data:')) elsewhere.push(request.url);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[kinds.get(requestId) ?? 'rest'] += encodedDataLength;
  });
  await cdp.send('Network.enable');
  return { bytes, elsewhere };
}

interface Watched {
  shift: number;
  largest: number;
  tasks: { start: number; duration: number }[];
}
type Watching = typeof globalThis & { watched: Watched };

/** Runs in the browser, before the page. */
function watchPaints(): void {
  const watched: Watched = { shift: 0, largest: 0, tasks: [] };
  (globalThis as Watching).watched = watched;
  const watch = (
    type: string,
    seen: (entry: PerformanceEntry & { value?: number; hadRecentInput?: boolean }) => void,
  ) => new PerformanceObserver((list) => list.getEntries().forEach(seen)).observe({ type, buffered: true });
  watch('layout-shift', ({ value = 0, hadRecentInput }) => void (hadRecentInput || (watched.shift += value)));
  watch('largest-contentful-paint', ({ startTime }) => void (watched.largest = startTime));
  watch('longtask', ({ startTime, duration }) => void watched.tasks.push({ start: startTime, duration }));
}

async function paintsOn(page: Page): Promise<Omit<FirstLoad, 'bytes' | 'elsewhere'>> {
  return page.evaluate(() => {
    const { shift, largest, tasks } = (globalThis as Watching).watched;
    const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const blocked = tasks
      .filter(({ start, duration }) => start + duration > firstPaint)
      .reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
    return { shift, firstPaint, largestPaint: largest, blocked };
  });
}
