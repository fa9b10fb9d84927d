import type { AssetId, LegalDate, Phase } from '#domain';
import { addressOf } from '../addresses';
import type { RegisterAddress } from '../addresses';
import type { Language } from '../language/languages';
import type { Money } from '../language/money';

/** One line of the register. */
export interface RegisterLine {
  readonly id: AssetId;
  readonly kind: string;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly title: string | null;
  readonly municipality: string | null;
  readonly province: string | null;
  readonly region: string | null;
  readonly phase: Phase;
  readonly phaseSince: LegalDate | null;
  readonly value: Money | null;
  /** Who answers for it, where that is an organisation or a body with a name. */
  readonly manager?: { readonly name: string; readonly organisation: string | null };
}

/** A value a filter can take; without a count where the counts do not belong to what is shown. */
export interface FilterValue {
  readonly code: string;
  readonly name: string;
  readonly assets?: number;
}

export const filterNames = [
  'kind', 'category', 'phase', 'region', 'province', 'municipality', 'purpose', 'use', 'idle', 'call', 'managedBy', 'manager',
] as const; // prettier-ignore
export type FilterName = (typeof filterNames)[number];

/** The facets beside kind, phase and place, with the lists in which their codes are named. */
export const facetCodes = {
  purpose: 'purpose',
  use: 'useStanding',
  idle: 'idle',
  call: 'inCall',
  managedBy: 'managedBy',
} as const satisfies Partial<Record<FilterName, string>>;

/** All that the register's page is made of. */
export interface RegisterView {
  /** The page it stands on, to which filters lead; the register's own unless said. */
  readonly page?: 'register' | 'map';
  readonly address: RegisterAddress;
  readonly lines: readonly RegisterLine[];
  readonly total: number;
  /** There are at least so many. */
  readonly totalIsMinimum: boolean;
  readonly filters: Readonly<Partial<Record<FilterName, readonly FilterValue[]>>>;
  /** The name of each chosen area and of the manager, where it is known. */
  readonly areaNames: Readonly<Partial<Record<FilterName, string>>>;
  /** Cursors of the neighbouring pages. */
  readonly previous?: string;
  readonly next?: string;
  /** Words were given together with a date: only the register of today can be searched by words. */
  readonly wordsIgnored: boolean;
  readonly today: LegalDate;
  readonly position: number;
}

/** Where the page lies that shows another choice of assets. */
export const addressHere = (language: Language, { page = 'register' }: RegisterView, query: RegisterAddress): string =>
  addressOf(language, { page, query });

/** The address without its page, and without some of its filters. */
export function without(
  { cursor: _, ...address }: RegisterAddress,
  ...names: (keyof RegisterAddress)[]
): RegisterAddress {
  return Object.fromEntries(Object.entries(address).filter(([name]) => !(names as string[]).includes(name)));
}

/** Smaller areas mean nothing without the larger one they lie in. */
const within: Partial<Record<FilterName, readonly FilterName[]>> = {
  region: ['province', 'municipality'],
  province: ['municipality'],
};

/** The address without a filter and without those that depend on it. */
export const withoutFilter = (address: RegisterAddress, name: FilterName): RegisterAddress =>
  without(address, name, ...(within[name] ?? []));

/** How many filters are set, the search words not counted. */
export const filtersSet = (address: RegisterAddress): number =>
  filterNames.filter((name) => address[name] !== undefined).length +
  (address.asOf === undefined ? 0 : 1) +
  (address.knownAt === undefined ? 0 : 1);
