import type { ReturnCode } from '#domain';
import type { Words } from '../language/words';

/** Lists of codes in which the parts of an item are named; parts of the others have names of their own. */
const codesOf: Readonly<Partial<Record<ReturnCode, string>>> = {
  'seizures-revoked': 'extent',
  'confiscations-ordered': 'instance',
  'confiscations-revoked': 'extent',
  stock: 'phase',
  'provisional-uses-granted': 'purpose',
  destined: 'purpose',
  'destinations-revoked': 'reason',
  transferred: 'kind',
  proceeds: 'purpose',
  destroyed: 'cause',
  'money-allocated': 'source',
  'money-committed': 'source',
  'money-paid': 'source',
  'support-delivered': 'kind',
  'questions-asked': 'threadKind',
  'recommendations-answered': 'outcome',
};

/** What the parts of an item are: sources, purposes, kinds. */
export function partHeading(item: ReturnCode, words: Words): string {
  const codes = codesOf[item];
  return codes === undefined ? words.t('reports.part') : words.field(codes);
}

/** What a part of an item is called. */
export function partName(item: ReturnCode, part: string, words: Words): string {
  if (item === 'beneficiaries') return words.field(part);
  const codes = codesOf[item];
  return codes === undefined ? (words.named(`annualReturn.part.${part}`) ?? part) : words.code(codes, part);
}
