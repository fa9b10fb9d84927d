import type { Refusal } from '#domain';
import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

/** Why the law refuses an entry, in a few words. */
export const refusalInShort = ({ code, message }: Pick<Refusal, 'code' | 'message'>, words: Words): string =>
  words.problemText(code, 'text')?.replace(new RegExp(`\\s*${words.t('office.nothingRecorded')}$`), '') ?? message;

/** Why the law refuses an entry: what is wrong, what to do, which rule says so and on what it rests. */
export function RefusalBox({ refusal }: { readonly refusal: Refusal }) {
  const words = useWords();
  const { t, language } = words;
  const { code, rule, source, message, facts } = refusal;
  const field = typeof facts.field === 'string' ? facts.field : undefined;
  return (
    <section class="summary" role="alert" aria-labelledby="refused" tabIndex={-1} id="summary">
      <h2 id="refused">{words.problemText(code, 'title') ?? t('office.refused')}</h2>
      {language === 'en' ? (
        <p>{message}</p>
      ) : (
        <>
          <p>{words.problemText(code, 'text')}</p>
          <p>{words.problemText(code, 'remedy')}</p>
        </>
      )}
      {field !== undefined && (
        <p>
          <a href={`#data-${field.replaceAll('.', '-')}`}>{t('office.toField', { field: words.field(field) })}</a>
        </p>
      )}
      <p class="quiet">
        {rule !== null && `${t('office.rule', { rule })} `}
        {t('office.restsOn')} <span lang="en">{source}</span>.{' '}
        <a href={addressOf(language, { page: 'problems', code })}>{t('office.moreOnRule')}</a>
      </p>
      {language !== 'en' && (
        <details>
          <summary>{t('office.inItsWords')}</summary>
          <p lang="en">{message}</p>
        </details>
      )}
    </section>
  );
}
