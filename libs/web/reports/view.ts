import type { FlagRule, Median, Milestone, Provenance, PublicationDuty, Step, WaitOutcome } from '#domain';
import type { ReportAddress, ReportPage } from '../addresses';
import type { Sums } from './counts';

/** A value a filter can take; an area and what people named has a name, anything else is a code. */
export interface ReportChoice {
  readonly code: string;
  readonly name: string;
  /** How many rows it finds under all other filters; left out where no counters tell. */
  readonly count?: number;
}

/** All that is the same for the pages of the chapters' reports. */
export interface ReportView<Line> {
  readonly page: ReportPage;
  /** The filters and the page of the list, as they stand in the address. */
  readonly address: ReportAddress;
  /** The latest day about which the list can be asked; left out where it is of today alone. */
  readonly today?: string;
  /** The filters offered, each with its values. */
  readonly choices: Readonly<Record<string, readonly ReportChoice[]>>;
  readonly lines: readonly Line[];
  /** Cursors of the neighbouring pages. */
  readonly previous?: string;
  readonly next?: string;
  readonly position: number;
}

interface Area {
  readonly code: string;
  readonly name: string | null;
}

/** What an asset is and where, so that a line can name it. */
export interface AssetOfLine {
  readonly asset: string;
  readonly kind: string;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly title: string | null;
  readonly location: {
    readonly region: Area | null;
    readonly province: Area | null;
    readonly municipality: Area | null;
  };
}

/** Sums of one part of a division; code and name are null for the whole, and where nobody said. */
interface Part {
  readonly code: string | null;
  readonly name: string | null;
}

export interface Division<Sum> {
  readonly by: string;
  readonly parts: readonly (Part & Sum)[];
}

/** Amounts are digits: a sum may be beyond what a double holds. */
export interface MoneySum {
  readonly currency: string;
  readonly movements: number;
  readonly allocated: string;
  readonly committed: string;
  readonly approved: string;
  readonly paid: string;
}

export interface MoneyLineOfList extends AssetOfLine {
  readonly entry: string;
  readonly type: string;
  readonly provenance: Provenance;
  readonly occurredOn: string | null;
  readonly source: string | null;
  readonly programme: string | null;
  readonly supplier: string | null;
  readonly amount: { readonly minor: number; readonly currency: string };
}

export interface MoneyView extends ReportView<MoneyLineOfList> {
  readonly totals: readonly MoneySum[];
  /** The ids of the suppliers in it that are organisations of the registry, by their names. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly divisions: readonly Division<MoneySum>[];
}

export interface SupportSum {
  readonly needs: number;
  readonly needsMet: number;
  readonly pledges: number;
  readonly screened: number;
  readonly passed: number;
  readonly accepted: number;
  readonly declined: number;
  readonly withdrawn: number;
  readonly fulfilled: number;
  readonly running: number;
  readonly money: readonly { readonly currency: string; readonly pledged: string; readonly delivered: string }[];
}

export interface SupportLine extends AssetOfLine {
  readonly id: string;
  readonly type: string;
  readonly provenance: Provenance;
  readonly occurredOn: string | null;
  readonly form: string;
  readonly status: string;
  readonly supporter: string | null;
  /** What is needed. */
  readonly needed: string | null;
  readonly measure: { readonly value: number; readonly scale: number; readonly unit: string };
  readonly deliveredMillionths: bigint;
  readonly from: string | null;
  readonly until: string | null;
}

export interface SupportView extends ReportView<SupportLine> {
  readonly total: SupportSum;
  /** The ids of the supporters in it that are organisations of the registry, by their names. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly forms: readonly (Part & SupportSum)[];
}

export interface UseSum {
  readonly reports: number;
  readonly visits: Readonly<Record<'in-use' | 'partly-used' | 'not-used', number>>;
  readonly nonUse: number;
  readonly activities: Readonly<Record<string, number>>;
  readonly counts: Sums;
}

export interface UseLine extends AssetOfLine {
  readonly id: string;
  readonly type: string;
  readonly provenance: Provenance;
  readonly occurredOn: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly activities: readonly { readonly kind: string }[];
  readonly counts: Readonly<Record<string, number | null>>;
  readonly found: string | null;
}

export interface UseView extends ReportView<UseLine> {
  readonly total: UseSum;
}

export interface AssignedSum {
  readonly assets: number;
  readonly heldByThirdParties: number;
  readonly completeness: Readonly<Record<'whole' | 'consistency' | 'destination' | 'use' | 'holder', number | null>>;
}

export interface AssignedLineOfList extends AssetOfLine {
  readonly provenance: Provenance;
  readonly purpose: string | null;
  readonly recipient: string | null;
  readonly holder: {
    readonly name: string;
    readonly actNumber: string | null;
    readonly actDate: string | null;
    readonly object: string;
    readonly from: string;
    readonly to: string;
    /** The term agreed to follow. */
    readonly renewal: {
      readonly actNumber: string | null;
      readonly actDate: string | null;
      readonly from: string;
      readonly to: string;
    } | null;
    readonly charge: string | null;
  } | null;
  readonly use: string;
  readonly completeness: {
    readonly whole: number;
    /** What the line does not say. */ readonly missing: readonly string[];
  };
}

export interface AssignedView extends ReportView<AssignedLineOfList> {
  readonly total: AssignedSum;
  readonly areas: Division<AssignedSum>;
}

/** How long the assets of a region and kind wait for one milestone. */
export interface WaitingSum extends Readonly<Record<WaitOutcome, number>> {
  readonly milestone: Milestone;
  readonly assets: number;
  readonly median: Median | null;
  readonly longest: number;
  /** Empty for a part of a division. */
  readonly steps: readonly Step[];
}

export interface WaitingLine extends AssetOfLine {
  readonly finalOn: string | null;
  readonly waits: Readonly<
    Record<Milestone, { readonly outcome: WaitOutcome; readonly on: string | null; readonly days: number | null }>
  >;
}

export interface WaitingView extends ReportView<WaitingLine> {
  /** One for each milestone, in their order. */
  readonly totals: readonly WaitingSum[];
  /** By region and by kind, where none is chosen. */
  readonly divisions: readonly Division<WaitingSum>[];
}

export interface FlagLineOfList extends Omit<AssetOfLine, 'asset' | 'kind'> {
  readonly asset: string | null;
  readonly kind: string | null;
  /** An asset, call or group. */
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string | null };
  readonly rule: FlagRule;
  readonly provenance: Provenance;
  readonly entry: string;
  readonly on: string | null;
  /** First day on which it is a hit, if that hangs on the day. */
  readonly hitFrom: string | null;
  readonly measure: number | null;
  readonly outOf: number | null;
  readonly currency: string | null;
  readonly party: string | null;
  readonly organisation: string | null;
  readonly authority: string | null;
  readonly duty: PublicationDuty | null;
}

export interface FlagsView extends ReportView<FlagLineOfList> {
  /** One for each rule that is asked for. */
  readonly totals: readonly { readonly rule: FlagRule; readonly hits: number }[];
  /** Of the organisations in the list, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  /** How many days the profile leaves for what is to be made public. */
  readonly duties: Readonly<Record<'outcome' | 'list' | 'report', number>>;
}
