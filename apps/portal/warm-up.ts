import { recentEntries, reportSlice } from '#read-models';
import type { ReadDatabase } from '#read-models';
import { addressOf, feedAddress, languages } from '#web';
import type { Target } from '#web';

/** Enough for a dossier of each kind; after so many pages one costs a third more than after thousands. */
const [DOSSIERS, LONGEST_MS] = [4, 2_000];

/**
 * Asks for a few dossiers, today's and as of a day, in each language, before anybody can: what is made at its first use (texts, statements, formats, checks) is made, and what is used most is compiled. The first page of a portal just
 * started took a tenth of a second of processor, and the next hundred half as much again as later ones. Nothing is asked of a register that is still being built or cannot be read. Begins nothing more after `longestMs`, two seconds unless said.
 */
export async function warmUp(
  database: ReadDatabase,
  ask: (address: string) => Promise<unknown>,
  longestMs = LONGEST_MS,
): Promise<void> {
  const until = performance.now() + longestMs;
  for (const id of await dossiersIn(database)) {
    const pages: Target[] = [
      { page: 'asset', id },
      { page: 'asset', id, moment: { asOf: '2020-12-31' } },
    ];
    for (const language of languages) {
      for (const address of [...pages.map((page) => addressOf(language, page)), feedAddress(language, pages[0]!)]) {
        if (performance.now() > until) return;
        await ask(address);
      }
    }
  }
}

/** Those written about last, and some with public money, whose dossiers have entries of most chapters. */
async function dossiersIn(database: ReadDatabase): Promise<readonly string[]> {
  try {
    const recent = await recentEntries(database, {}, DOSSIERS);
    const { rows } = await reportSlice(database, 'money', { filters: {}, limit: DOSSIERS });
    return [...new Set([...rows.map(({ asset }) => String(asset)), ...recent.map(({ asset }) => asset)])];
  } catch {
    // Whatever it is, whoever asks will be told; it is no reason not to listen.
    return [];
  }
}
