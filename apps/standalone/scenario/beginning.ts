import type { LegalDate } from '#domain';
import { WrongSetting } from '#process';
import type { Begun, PromptBook } from '#scenario';

/** What a scenario is told from: its last day, and the assets of the register as they were before anything was told of them. */
export interface Beginning {
  readonly until: LegalDate;
  readonly assets: readonly Begun[];
}

/** The beginning of the scenario in a folder, the same however often it was broken off. Throws WrongSetting where another one was begun there. */
export async function beginning(
  book: PromptBook,
  asked: { readonly seed: string; readonly scale: number },
  now: () => Promise<Beginning>,
): Promise<Beginning> {
  const begun = await book.keep('beginning', async () => ({ ...asked, ...(await now()) }));
  const { seed, scale } = begun;
  if (seed === asked.seed && scale === asked.scale) return begun;
  throw new WrongSetting(
    `REGISTRY_DATA is a folder with a scenario of --scale ${scale} --seed ${seed}. Ask for that one again to go on with it, or name an empty folder.`,
  );
}
