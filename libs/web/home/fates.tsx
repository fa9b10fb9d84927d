import type { RegisterAddress } from '../addresses';
import { PartedBar } from '../elements/bars';
import { PhaseLinks } from '../indicators/phase-links';
import type { IndicatorsView } from '../indicators/view';
import { useWords } from '../language/speaking';
import { answerFrom, fateOf } from './answer';
import type { Fate } from './answer';

/** Colours: those of the groups, with one more for what is destined and not handed over. */
const fateClass = {
  back: 'given',
  promised: 'promised',
  waiting: 'waiting',
  open: 'open',
  left: 'left',
} as const;

/** All assets as one bar, parted by what became of them. */
export const FateBar = ({ view }: { readonly view: IndicatorsView }) => (
  <PartedBar parts={answerFrom(view).map(({ fate, share }) => ({ name: fateClass[fate], share }))} />
);

/** What a part of the bar stands for. */
export const FateKey = ({ fate }: { readonly fate: Fate }) => (
  <svg class="key" width="14" height="14" aria-hidden="true">
    <rect class={`part part-${fateClass[fate]}`} width="14" height="14" rx="3" />
  </svg>
);

interface FatesProps {
  readonly view: IndicatorsView;
  /** The area that is counted, as filters of the register. */
  readonly within?: RegisterAddress;
}

/** How many assets there are, and what became of them, as a bar and in words; each number leads to its assets. */
export function Fates({ view, within = {} }: FatesProps) {
  const words = useWords();
  const { t } = words;
  const answer = answerFrom(view);
  return (
    <>
      <p class="headline">
        <strong>{words.number(view.total)}</strong> {t('home.total', { count: view.total })}
      </p>
      <FateBar view={view} />
      <ul class="fates">
        {answer.map(({ fate, assets, share }) => (
          <li key={fate}>
            <FateKey fate={fate} />
            <strong>{words.number(assets)}</strong>{' '}
            <span>
              {t(`home.fate.${fate}`, { count: assets })} <span class="quiet">({words.share(share)})</span>
              <PhaseLinks view={view} among={(phase) => fateOf[phase] === fate} within={within} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
