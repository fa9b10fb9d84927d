import { provenances } from '#domain';
import type { Provenance } from '#domain';
import { useWords } from '../language/speaking';

/** A shape for each provenance, so that it is told without its colour: a filled stamp, an open sheet, a round voice. */
function Shape({ of }: { readonly of: Provenance }) {
  return (
    <svg class={`source-shape source-${of}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {of === 'civic-report' ? (
        <circle cx="6" cy="6" r="4.5" />
      ) : (
        <rect x="1.5" y="1.5" width="9" height="9" rx={of === 'official-act' ? 1 : 2} />
      )}
    </svg>
  );
}

/** On whose word an entry rests, in words. */
export function SourceTag({ of }: { readonly of: Provenance }) {
  const { t } = useWords();
  return (
    <span class="source">
      <Shape of={of} /> {t(`source.${of}.name`)}
    </span>
  );
}

/** The same beside a value, as a shape alone for those who see it; the legend names the shapes. */
export function SourceMark({ of }: { readonly of: Provenance }) {
  const { t } = useWords();
  return (
    <span class="source-mark" title={t(`source.${of}.name`)}>
      <Shape of={of} />
      <span class="hidden"> ({t(`source.${of}.name`)})</span>
    </span>
  );
}

/** What the marks of a page mean. */
export function SourceLegend() {
  const { t } = useWords();
  return (
    <details class="source-legend">
      <summary>{t('source.legend')}</summary>
      <dl>
        {provenances.map((each) => (
          <div key={each}>
            <dt>
              <SourceTag of={each} />
            </dt>
            <dd>{t(`source.${each}.means`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
