import type { UseMeasure } from '#domain';
import { ageParts, peopleParts } from '#domain';
import { Bars } from '../elements/bars';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

/** The sum of a measure and how many reports counted it; null where none did. */
export interface CountedSum {
  readonly sum: number | null;
  readonly reports: number;
}
export type Sums = Readonly<Record<string, CountedSum>>;

const groups = [
  ['beneficiaries', [...peopleParts, ...ageParts, 'vulnerable']],
  ['jobs', peopleParts],
  ['volunteers', peopleParts],
] as const;

/** The name of a measure such as `beneficiaries.women`. */
export const measureName = (measure: UseMeasure, words: Words): string => words.field(measure.split('.')[1]!);

/** Everything reports count, with in how many of them it was counted. A group nobody counted at all is one line. */
export function CountsTable({ sums, reports }: { readonly sums: Sums; readonly reports: number }) {
  const words = useWords();
  const { t } = words;
  const isCounted = (measure: string): boolean => (sums[measure]?.sum ?? null) !== null;
  const shown = groups.map(([group, parts]) => {
    const some = parts.some((part) => isCounted(`${group}.${part}`));
    return [group, some ? parts : (['total'] as const)] as const;
  });
  return (
    <Scrolling label={t('reports.use.people')}>
      <table class="counts">
        <caption class="hidden">{t('reports.use.people')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.use.measure')}</th>
            <th scope="col" class="numeric">
              {t('reports.use.sum')}
            </th>
            <th scope="col">{t('reports.use.countedIn')}</th>
          </tr>
        </thead>
        {shown.map(([group, parts]) => (
          <tbody key={group}>
            {parts.map((part) => {
              const { sum = null, reports: counted = 0 } = sums[`${group}.${part}`] ?? {};
              return (
                <tr key={part} class={part === 'total' ? 'group-head' : 'part'}>
                  <th scope="row">
                    {part === 'total' ? words.field(group) : words.field(part)}
                    {part !== 'total' && <span class="hidden"> ({words.field(group)})</span>}
                  </th>
                  <td class="numeric">
                    {sum === null ? <span class="quiet">{t('reports.use.missing')}</span> : words.number(sum)}
                  </td>
                  <td class="quiet">
                    {t('reports.use.countedOf', { part: sum === null ? 0 : counted, whole: reports })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </Scrolling>
  );
}

/** Bars for those parts that were counted at all. */
export function CountBars({ sums, parts }: { readonly sums: Sums; readonly parts: readonly UseMeasure[] }) {
  const words = useWords();
  const counted = parts.flatMap((measure) => {
    const sum = sums[measure]?.sum ?? null;
    return sum === null ? [] : [{ label: measureName(measure, words), value: sum, text: words.number(sum) }];
  });
  return counted.length === 0 ? null : <Bars bars={counted} />;
}

export const byGender: readonly UseMeasure[] = [
  'beneficiaries.women',
  'beneficiaries.men',
  'beneficiaries.otherGender',
];
export const byAge: readonly UseMeasure[] = ageParts.map((part) => `beneficiaries.${part}` as const);
