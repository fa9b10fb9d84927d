import { isReturnCode } from '#domain';
import type { Target } from '../addresses';
import { partName } from '../annual-return/words';
import type { Words } from '../language/words';
import { facetCodes } from '../register/view';
import { valueInWords } from '../reports/frame';

/** Lists of codes in which the values of a page's filters are named, where the reports' do not hold. */
const codesOf: Readonly<Partial<Record<Target['page'], Readonly<Record<string, string>>>>> = {
  register: { kind: 'kind', category: 'category', phase: 'phase', ...facetCodes },
  calls: { state: 'callState' },
  organisations: { kind: 'kind', standing: 'standing' },
  dialogues: { kind: 'threadKind', state: 'threadState', report: 'report' },
  groups: { represents: 'represents' },
};

/** The name of the feed beside a list: the list's own, with what is chosen of it; areas by their names, where those are known. */
export function listFeedTitle(target: Target, areas: Readonly<Record<string, string>>, words: Words): string {
  const query = 'query' in target ? Object.entries(target.query ?? {}) : [];
  const chosen = query.flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [choiceInWords(target, name, value, areas, words)] : [],
  );
  return words.t('feed.of', { title: words.row([listName(target, words), ...chosen]) });
}

function choiceInWords(
  target: Target,
  name: string,
  value: string,
  areas: Readonly<Record<string, string>>,
  words: Words,
): string {
  if (['region', 'province', 'municipality'].includes(name)) return areas[value] ?? value;
  if (target.page === 'annual-return' && name === 'part' && target.item !== undefined && isReturnCode(target.item))
    return partName(target.item, value, words);
  const codes = codesOf[target.page];
  if (codes === undefined) return valueInWords(target.page, name, value, value, words);
  return codes[name] === undefined ? value : words.code(codes[name], value);
}

function listName(target: Target, words: Words): string {
  const { t } = words;
  switch (target.page) {
    case 'register':
      return t('register.title');
    case 'calls':
    case 'organisations':
    case 'dialogues':
    case 'groups':
      return t(`civic.${target.page}.title`);
    case 'annual-return': {
      const { year, item } = target;
      if (item !== undefined && isReturnCode(item)) return words.row([t(`annualReturn.item.${item}.name`), year]);
      return year === undefined ? t('annualReturn.title') : t('annualReturn.titleOf', { year });
    }
    case 'money':
    case 'support':
    case 'use':
    case 'assigned':
    case 'waiting':
    case 'flags':
      return t(`reports.${target.page}.title`);
    default:
      return t('feed.register');
  }
}
