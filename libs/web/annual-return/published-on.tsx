import type { LegalDate } from '#domain';
import { Day } from '../elements/dates';
import { useWords } from '../language/speaking';

/** On which day a return was published, as far as that is known. */
export function PublishedOn({ date }: { readonly date: LegalDate | null }) {
  const { t } = useWords();
  const after = t('annualReturn.published');
  return date === null ? <>{`${after} ${t('reports.noDate')}`}</> : <Day after={after} date={date} />;
}
