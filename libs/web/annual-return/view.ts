import type { LegalDate, ReturnCode, ReturnFigures, UndatedStock } from '#domain';
import type { AssetOfLine } from '../reports/view';

/** A return as it was published: its figures are never computed again. */
export interface PublishedReturn {
  /** Id of the return in the registry. */
  readonly id: string;
  readonly publishedOn: LegalDate | null;
  /** SHA-256 of the figures in canonical JSON (RFC 8785), hexadecimal. */
  readonly digest: string;
  /** Log position up to which the figures say what was known. */
  readonly position: number;
  /** Why it was published anew; missing for the first one. */
  readonly reason?: string;
  readonly figures: ReturnFigures;
  /** Publications that this one took the place of, the latest first. */
  readonly earlier: readonly {
    readonly publishedOn: LegalDate | null;
    readonly digest: string;
    readonly position: number;
  }[];
}

/** A return that is asked for, or prepared and not published. */
export interface ReturnUnderWay {
  readonly stage: 'counting' | 'prepared';
  readonly on: LegalDate | null;
  /** Why it is to be published anew; missing for the first one. */
  readonly reason?: string;
}

/** A year in the list of returns. */
export interface ReturnYear {
  readonly year: string;
  readonly underWay?: ReturnUnderWay;
  readonly publishedOn?: LegalDate | null;
}

export interface AnnualReturnsView {
  /** The latest first. */
  readonly years: readonly ReturnYear[];
  readonly today: LegalDate;
  readonly position: number;
}

/** The return of one year. */
export interface AnnualReturnView {
  readonly year: string;
  /** The figures as they are known now. */
  readonly now: ReturnFigures;
  readonly published?: PublishedReturn;
  readonly underWay?: ReturnUnderWay;
  /** What the stock at the end of the year leaves out, as is known now; null while the year is running. */
  readonly undated: UndatedStock | null;
  readonly today: LegalDate;
  readonly position: number;
}

/** An entry behind a figure: of an asset, or of another stream. */
export interface ReturnEntryLine {
  readonly asset: AssetOfLine | null;
  readonly stream: string;
  readonly entry: string;
  readonly part: string;
  readonly on: LegalDate | null;
  readonly money: { readonly minor: number; readonly currency: string } | null;
  readonly people: number | null;
}

/** What lies behind one item of a year. */
export interface ReturnItemView {
  readonly year: string;
  readonly item: ReturnCode;
  readonly address: Readonly<Record<string, string | undefined>>;
  readonly now: ReturnFigures;
  readonly regions: ReadonlyMap<string, string>;
  readonly lines: readonly ReturnEntryLine[];
  readonly next?: string;
  readonly position: number;
}
