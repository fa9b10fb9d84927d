import type { LegalDate } from '#domain';
import { assigned, direct, ended, renewed, unquiet, used, visited } from './assignment';
import { gather } from './company-of-players';
import type { Player } from './company-of-players';
import { called } from './calls';
import type { CallDesk } from './calls';
import { custody, destination, reconsidered, sale, transfer } from './custody';
import { proceedings } from './judicial';
import { promptBookInMind } from './prompt-book';
import type { PromptBook } from './prompt-book';
import { returned } from './returns';
import type { ReturnDesk } from './returns';
import { SideBySide } from './side-by-side';
import { asked, met } from './society';
import { works } from './spending';
import type { Stage } from './stage';
import { supported } from './support';
import { Tale } from './tale';
import type { Begun, Report } from './tale';

export interface Scenario {
  readonly stage: Stage;
  /** The same seed on the same assets gives the same scenario. */
  readonly seed: string;
  /** The agency the parts act for, by its code. */
  readonly agency: string;
  /** The last day of the scenario. */
  readonly until: LegalDate;
  /** Assets that get a tale each. */
  readonly assets: readonly Begun[];
  /** Dossiers the scenario opens itself, to tell of what comes before a confiscation is final. */
  readonly dossiers: number;
  /** Calls that are told from now on, where there is a desk for them; none where it is left out. */
  readonly calls?: { readonly count: number; readonly desk: CallDesk };
  /** Counts and shows the annual returns, which are told when everything else is; none where it is left out. */
  readonly returns?: ReturnDesk;
  readonly organisations: number;
  readonly groups: number;
  /** Tales that are told at the same time. */
  readonly together: number;
  /** Where it is written down which tales are at their end: those are not told again. */
  readonly book?: PromptBook;
  /** Told after each organisation and each tale. */
  readonly onTale?: (report: Report) => void;
}

/** A tale with the name under which it is known to be at its end. */
interface Named {
  readonly name: string;
  readonly tell: () => Promise<void>;
}

/** Plays years of plausible life over real assets, every line through the stage. Safe to play again: what was recorded is repeated, not recorded twice. */
export async function play(scenario: Scenario): Promise<Report> {
  const { stage, seed, until, assets, agency, book = promptBookInMind() } = scenario;
  const report: Report = { told: 0, refused: new Map() };
  const together = new SideBySide(scenario.together);
  const onTale = (): void => scenario.onTale?.(report);
  const players = await gather({ stage, report, seed, count: scenario.organisations, until, together, onTale });
  const talesOf = (count: number, kind: string, tell: (number: number, name: string) => Promise<void>): Named[] =>
    Array.from({ length: count }, (_, number) => {
      const name = `${seed}/${kind}/${number}`;
      return { name, tell: () => tell(number, name) };
    });
  const tales: Named[] = [
    ...talesOf(scenario.calls?.count ?? 0, 'call', (number, name) =>
      ofCall(scenario, report, players, number, name, together),
    ),
    ...talesOf(scenario.groups, 'group', async (number, name) => {
      const tale = new Tale(stage, report, name, '2015-02-02', until);
      await tale.chapter(() => met(tale, number, players, agency));
    }),
    ...talesOf(scenario.dossiers, 'dossier', async (number, name) => {
      const began = `${2003 + (number % 14)}-0${1 + (number % 9)}-10`;
      const tale = new Tale(stage, report, name, began, until);
      let asset: Begun | undefined;
      await tale.chapter(async () => void (asset = await proceedings(tale, number)));
      if (asset) await ofAsset(tale, asset, players, agency);
    }),
    ...assets.map((asset) => {
      const name = `${seed}/asset/${asset.id}`;
      return { name, tell: () => ofAsset(new Tale(stage, report, name, asset.since, until), asset, players, agency) };
    }),
  ];
  await together.tell(tales, async ({ name, tell }) => {
    if (!book.has(`end of ${name}`)) {
      await tell();
      await book.keep(`end of ${name}`, () => true);
    }
    onTale();
  });
  await ofYears(scenario, report, book, together);
  return report;
}

/** The annual return of each past year, by two people; that of the last one is published twice. */
async function ofYears(
  { stage, seed, until, returns }: Scenario,
  report: Report,
  book: PromptBook,
  together: SideBySide,
): Promise<void> {
  if (!returns) return;
  const years = await book.keep('years of annual returns', () => returns.pastYears());
  const [last] = [...years].sort().reverse();
  await together.tell(years, async (year) => {
    const tale = new Tale(stage, report, `${seed}/return/${year}`, until, until);
    const reason = year === last ? 'A late entry came in after the publication (scenario).' : undefined;
    await tale.chapter(() => returned(tale, year, returns, reason));
  });
}

/** Purposes of a destination by which a body receives the asset. */
const handedOver: ReadonlySet<string> = new Set(['institutional', 'social', 'economic-for-social', 'free-transfer']);

/** A dossier of the scenario's own, as far as its transfer, and then a call for it today. */
async function ofCall(
  { stage, until, calls }: Scenario,
  report: Report,
  players: readonly Player[],
  number: number,
  name: string,
  together: SideBySide,
): Promise<void> {
  if (!calls) return;
  const tale = new Tale(stage, report, name, '2012-05-14', until);
  const societies = players.filter(({ kind }) => kind === 'civil-society');
  await tale.chapter(async () => {
    // Twelve courses a dossier may take; the first of them leads to a final confiscation.
    const asset = await proceedings(tale, 12_000 + 12 * number);
    if (!asset || !(await destination(tale, asset, 'social'))) return;
    await transfer(tale, asset);
    tale.on(until);
    await tale.chapter(() => visited(tale, asset));
    await called(tale, asset, societies, calls.desk, number, (wait) => together.outside(wait));
  });
}

async function ofAsset(tale: Tale, asset: Begun, players: readonly Player[], agency: string): Promise<void> {
  const { chance } = tale;
  const societies = players.filter(({ kind }) => kind === 'civil-society');
  const companies = players.filter(({ kind }) => kind === 'company');
  // Who supplies an asset may not support it as well (rule 8): the first half supplies, the other gives.
  const half = Math.ceil(companies.length / 2);
  const [suppliers, supporters] = [companies.slice(0, half), companies.slice(half)];
  // Before the confiscation is final an asset is looked after, and nothing more.
  const kept = ['seized', 'confiscated-first', 'confiscated-appeal', 'confiscated-final', 'available'].includes(
    asset.phase,
  );
  const mayBeDestined = ['confiscated-final', 'available'].includes(asset.phase);
  const chapter = (told: () => Promise<void>): Promise<boolean> => tale.chapter(told);
  let free = true;
  if (kept) await chapter(async () => void (free = await custody(tale, asset, chance.between(1, 6))));
  if (chance.happens(0.3)) await chapter(() => asked(tale, asset, agency));
  let handedOn = asset.phase === 'transferred';
  let sold = false;
  // Where time or law ends the destination, nothing can be handed over.
  if (mayBeDestined && !(await chapter(async () => void (sold = !(await destination(tale, asset)))))) return;
  // What the register has as destined already goes the way of its purpose: a company is wound up or sold, and nothing more is told of it here.
  if (asset.phase === 'destined') {
    sold = asset.purpose === 'sale';
    if (!sold && !handedOver.has(asset.purpose ?? '')) return;
  }
  if (sold) return void (await chapter(() => sale(tale, asset)));
  if (mayBeDestined && chance.happens(0.05) && !(await chapter(() => reconsidered(tale, asset)))) return;
  if (!handedOn && (mayBeDestined || asset.phase === 'destined')) handedOn = await chapter(() => transfer(tale, asset));
  if (!handedOn) return;
  if (chance.happens(0.5)) await chapter(() => works(tale, asset, suppliers));
  if (!free) return;
  const holder = chance.one(societies);
  let to = '';
  if (!(await chapter(async () => void (to = await assigned(tale, asset, holder, direct))))) return;
  if (chance.happens(0.4)) await chapter(() => supported(tale, asset, supporters));
  await chapter(() => used(tale, asset, holder, chance.between(1, 12)));
  if (chance.happens(0.3)) await chapter(() => asked(tale, asset, agency));
  if (chance.happens(0.15)) await chapter(() => unquiet(tale, asset));
  if (to > tale.until && chance.happens(0.6)) await chapter(() => renewed(tale, asset, holder, to));
  if (chance.happens(0.15)) await chapter(() => ended(tale, asset));
}
