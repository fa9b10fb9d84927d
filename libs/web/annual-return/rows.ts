import { figureName, phases, returnCodes } from '#domain';
import type { ReturnFigure, ReturnFigures, UndatedStock } from '#domain';

/** Rows that the tables of a return show beside those that its figures have. */

/** The frozen figures, and with nothing in them those that were nothing then and are something now. */
export function withNewer(frozen: ReturnFigures, now: ReturnFigures): readonly ReturnFigure[] {
  const stated = new Set(frozen.figures.map(figureName));
  const newer = now.figures
    .filter((figure) => !stated.has(figureName(figure)))
    .map(({ item, part, entries, assets }) => ({
      ...{ item, part, byRegion: {}, byKind: {} },
      entries: entries === null ? null : 0,
      assets: assets === null ? null : 0,
    }));
  const place = ({ item }: ReturnFigure): number => returnCodes.indexOf(item);
  return [...frozen.figures, ...newer].sort((a, b) => place(a) - place(b));
}

/** The figures with a row for each phase that no asset is counted in and that acts without a date lead into: no row would read as nothing there is. */
export function withUndated(figures: readonly ReturnFigure[], undated: UndatedStock | null): readonly ReturnFigure[] {
  const stated = new Set(figures.map(figureName));
  const rows = phases
    .filter((phase) => undated?.acts[phase] !== undefined)
    .map((part): ReturnFigure => ({ item: 'stock', part, entries: null, assets: 0, byRegion: {}, byKind: {} }))
    .filter((figure) => !stated.has(figureName(figure)));
  const place = ({ part }: ReturnFigure): number => phases.findIndex((phase) => phase === part);
  const isStock = ({ item }: ReturnFigure): boolean => item === 'stock';
  const stock = [...figures.filter(isStock), ...rows].sort((one, other) => place(one) - place(other));
  return [...figures.filter((figure) => !isStock(figure)), ...stock];
}
