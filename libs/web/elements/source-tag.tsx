import { provenances } from '#domain';
import type { Provenance } from '#domain';
import { useWords } from '../language/speaking';

/** A shape for each provenance, so that it is told without its colour: a seal, a folder, a voice. */
const shapes: Readonly<Record<Provenance, () => preact.JSX.Element>> = {
  'official-act': () => (
    <path class="fill" d="M7 .8a4.2 4.2 0 0 1 2.6 7.5l1 4.9L7 11.4l-3.6 1.8 1-4.9A4.2 4.2 0 0 1 7 .8z" />
  ),
  'agency-record': () => <path class="line" d="M1.2 11.8V2.7h4.2l1.3 1.7h6.1v7.4z" />,
  'civic-report': () => <path class="line" d="M1.2 1.8h11.6v7.6H6.6l-3 2.8V9.4H1.2z" />,
};

const Shape = ({ of }: { readonly of: Provenance }) => (
  <svg class="source-shape" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
    {shapes[of]()}
  </svg>
);

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
