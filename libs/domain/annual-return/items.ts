import { instances, phases } from '../asset/asset';
import { purposes } from '../asset/destination';
import { proceedsPurposes } from '../asset/exit';
import { bodyKinds } from '../asset/references';
import { fundSources } from '../asset/spending-events';
import { supportKinds } from '../asset/support';
import { peopleParts } from '../asset/use-statement';

/** The sections of the return, in its order. */
export const returnSections = [
  'seizure', 'confiscation', 'stock', 'management', 'disposal', 'reuse', 'money', 'participation', 'elsewhere',
] as const; // prettier-ignore
export type ReturnSection = (typeof returnSections)[number];

/**
 * What an item is meant to answer: Directive (EU) 2024/1260 on statistics; Directive 2014/42/EU art. 11(1) and (2), which it replaces; the UN Convention against Transnational Organized
 * Crime art. 14 and its review mechanism. No article is named whose text was not at hand.
 */
export const returnSources = [
  'statistics',
  'formerStatistics',
  'formerStatisticsAbroad',
  'disposal',
  'review',
] as const;
export type ReturnSource = (typeof returnSources)[number];

/** One item of the annual return: what is counted, and by which parts it is divided. The wording is this registry's own. */
export interface ReturnItem {
  readonly section: ReturnSection;
  readonly answers: readonly ReturnSource[];
  /** `acts` are entries of the year, with the different assets they concern; `stock` is how assets stand when the year ends. */
  readonly counts: 'acts' | 'stock';
  /** Also adds up money, by currency: what an entry says, or what the asset was estimated at. */
  readonly money?: true;
  /** Also adds up people, over those entries that counted them. */
  readonly people?: true;
  readonly parts?: readonly string[];
  /** The parts do not add up to the item: one entry counts in several of them. */
  readonly overlapping?: true;
}

const extents = ['whole', 'part'] as const;
/** How an agreement ended; a revocation with its reason. */
export const agreementEnds = [
  'expired', 'renounced', 'revoked-not-used', 'revoked-breach', 'revoked-unlawful', 'revoked-public-interest', 'revoked-organisation-excluded',
  'revoked-other',
] as const; // prettier-ignore

/** What the registry counts, by code. The order is that of the return. */
export const returnItems = {
  seizures: { section: 'seizure', counts: 'acts', money: true, answers: ['formerStatistics', 'statistics'] },
  'seizures-revoked': { section: 'seizure', counts: 'acts', parts: extents, answers: ['statistics'] },

  'confiscations-ordered': { section: 'confiscation', counts: 'acts', parts: instances, answers: ['formerStatistics', 'statistics'] },
  'confiscations-final': { section: 'confiscation', counts: 'acts', money: true, answers: ['formerStatistics', 'statistics'] },
  'confiscations-revoked': { section: 'confiscation', counts: 'acts', parts: extents, answers: ['statistics'] },
  'returned-to-owner': { section: 'confiscation', counts: 'acts', answers: ['statistics'] },

  stock: { section: 'stock', counts: 'stock', parts: phases, answers: ['statistics', 'review'] },

  'interlocutory-sales-authorised': { section: 'management', counts: 'acts', answers: ['statistics'] },
  'provisional-uses-granted': { section: 'management', counts: 'acts', parts: ['institutional', 'social'], answers: ['statistics'] },

  destined: { section: 'disposal', counts: 'acts', parts: purposes, answers: ['statistics', 'disposal'] },
  'destinations-revoked': { section: 'disposal', counts: 'acts', parts: ['not-used', 'renounced', 'unlawful', 'changed-circumstances', 'other'], answers: ['statistics'] },
  transferred: { section: 'disposal', counts: 'acts', parts: bodyKinds, answers: ['statistics', 'disposal'] },
  sold: { section: 'disposal', counts: 'acts', money: true, parts: ['before-final', 'after-final'], answers: ['statistics', 'disposal'] },
  proceeds: { section: 'disposal', counts: 'acts', money: true, parts: proceedsPurposes, answers: ['statistics', 'disposal'] },
  destroyed: { section: 'disposal', counts: 'acts', parts: ['decided', 'disaster', 'other'], answers: ['statistics'] },
  'victims-compensated': { section: 'disposal', counts: 'acts', money: true, people: true, answers: ['statistics', 'disposal'] },

  'agreements-signed': { section: 'reuse', counts: 'acts', answers: ['statistics', 'review'] },
  'agreements-renewed': { section: 'reuse', counts: 'acts', answers: ['review'] },
  'agreements-ended': { section: 'reuse', counts: 'acts', parts: agreementEnds, answers: ['review'] },
  'uses-started': { section: 'reuse', counts: 'acts', answers: ['statistics', 'review'] },
  beneficiaries: { section: 'reuse', counts: 'acts', people: true, parts: peopleParts, overlapping: true, answers: ['review'] },

  'money-allocated': { section: 'money', counts: 'acts', money: true, parts: fundSources, answers: ['review'] },
  'money-committed': { section: 'money', counts: 'acts', money: true, parts: fundSources, answers: ['review'] },
  'money-paid': { section: 'money', counts: 'acts', money: true, parts: fundSources, answers: ['review'] },
  'support-delivered': { section: 'money', counts: 'acts', money: true, parts: supportKinds, answers: ['review'] },

  'calls-published': { section: 'participation', counts: 'acts', answers: ['review'] },
  'calls-awarded': { section: 'participation', counts: 'acts', answers: ['review'] },
  'calls-deserted': { section: 'participation', counts: 'acts', answers: ['review'] },
  'calls-cancelled': { section: 'participation', counts: 'acts', answers: ['review'] },
  'questions-asked': { section: 'participation', counts: 'acts', parts: ['question', 'complaint', 'observation'], answers: ['review'] },
  'questions-answered': { section: 'participation', counts: 'acts', parts: ['in-time', 'late'], answers: ['review'] },
  'recommendations-adopted': { section: 'participation', counts: 'acts', answers: ['review'] },
  'recommendations-answered': { section: 'participation', counts: 'acts', parts: ['accepted', 'partly-accepted', 'rejected'], answers: ['review'] },
} as const satisfies Readonly<Record<string, ReturnItem>>; // prettier-ignore
export type ReturnCode = keyof typeof returnItems;

export const returnCodes = Object.keys(returnItems) as readonly ReturnCode[];
export const returnItem = (code: ReturnCode): ReturnItem => returnItems[code];
export const isReturnCode = (text: string): text is ReturnCode => Object.hasOwn(returnItems, text);

/** What is asked for and no entry of this registry says: stated as such, and never as zero. */
export const notRecorded = {
  'freezing-abroad': { section: 'elsewhere', answers: ['formerStatisticsAbroad'] },
  'confiscation-abroad': { section: 'elsewhere', answers: ['formerStatisticsAbroad'] },
  'recovered-abroad': { section: 'elsewhere', answers: ['formerStatisticsAbroad'] },
  'shared-with-states': { section: 'elsewhere', answers: ['disposal'] },
  'international-account': { section: 'elsewhere', answers: ['disposal'] },
} as const satisfies Readonly<Record<string, Pick<ReturnItem, 'section' | 'answers'>>>;
export type NotRecordedCode = keyof typeof notRecorded;

/** Of which items the streams of a kind hold entries; all others are told by dossiers. */
export const civicItems: ReadonlySet<ReturnCode> = new Set<ReturnCode>([
  'calls-published', 'calls-awarded', 'calls-deserted', 'calls-cancelled', 'questions-asked', 'questions-answered', 'recommendations-adopted',
  'recommendations-answered',
]); // prettier-ignore
