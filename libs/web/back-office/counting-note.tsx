import { useWords } from '../language/speaking';

/** How far the count of a return is; without positions while it has not begun. */
export interface CountingView {
  /** Address of this very page. */
  readonly here: string;
  readonly counted?: number;
  readonly until?: number;
  /** The count failed, and is tried again. */
  readonly failed: boolean;
}

/** That the figures of a return are being counted, and how far. It needs no script: whoever wants to know more looks again. */
export function CountingNote({ view: { here, counted, until, failed } }: { readonly view: CountingView }) {
  const { t } = useWords();
  const begun = counted !== undefined && until !== undefined && until > 0;
  return (
    <section class="notice" aria-labelledby="counting">
      <h2 id="counting">{t('office.counting.title')}</h2>
      {begun ? (
        <>
          <p>{t('office.counting.progress', { counted, until, percent: Math.floor((100 * counted) / until) })}</p>
          <progress max={until} value={counted} aria-labelledby="counting" />
        </>
      ) : (
        <p>{t(failed ? 'office.counting.failed' : 'office.counting.waiting')}</p>
      )}
      <p>
        <a href={here}>{t('office.counting.again')}</a>
      </p>
    </section>
  );
}
