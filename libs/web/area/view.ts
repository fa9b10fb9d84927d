import type { NewEntry } from '../home/news';
import type { IndicatorsView } from '../indicators/view';
import type { AreaLevel } from '../map/geography';
import type { AssignedSum, MoneySum, SupportLine } from '../reports/view';

export interface AreaName {
  readonly level: AreaLevel;
  /** Official code. */
  readonly code: string;
  readonly name: string;
}

/** What is known of an area in figures: the same that the reports say under its filter. */
export interface AreaFigures {
  readonly area: AreaName;
  /** Where its assets stand; its areas are the parts it is divided into. */
  readonly stock: IndicatorsView;
  /** One sum for each currency. */
  readonly money: readonly MoneySum[];
  readonly assigned: AssignedSum;
}

/** What the page of a region, province or municipality shows. */
export interface AreaView extends AreaFigures {
  /** The areas it lies in, the largest first. */
  readonly within: readonly AreaName[];
  /** What is asked for and not yet promised, the latest first; so many as a page shows. */
  readonly needs: readonly SupportLine[];
  readonly news: readonly NewEntry[];
  readonly position: number;
}

/** What the page of all regions shows. */
export interface AreasView {
  readonly stock: IndicatorsView;
  /** The areas somebody asked to see side by side. */
  readonly compared: readonly AreaFigures[];
}
