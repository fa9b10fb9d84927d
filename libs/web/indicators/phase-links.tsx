import { useContext } from 'preact/hooks';
import { addressOf } from '../addresses';
import type { RegisterAddress } from '../addresses';
import { DayOfPage } from '../civic/on-a-day';
import { useWords } from '../language/speaking';
import type { IndicatorsView } from './view';

interface PhaseLinksProps {
  readonly view: IndicatorsView;
  /** The phases a figure is the sum of. */
  readonly among: (phase: IndicatorsView['byPhase'][number]['code']) => boolean;
  /** The area that is counted, as filters of the register; everything without it. */
  readonly within?: RegisterAddress;
}

/** What a figure is the sum of, phase by phase, each leading to exactly the assets it counts. */
export function PhaseLinks({ view, among, within = {} }: PhaseLinksProps) {
  const words = useWords();
  const moment = useContext(DayOfPage);
  const parts = view.byPhase.filter(({ code, assets }) => among(code) && assets > 0);
  return (
    <span class="phase-links">
      {parts.map(({ code, assets }, place) => (
        <span key={code}>
          {place > 0 && ' · '}
          <a href={addressOf(words.language, { page: 'register', query: { ...within, phase: code, ...moment } })}>
            {words.code('phase', code)}: {words.number(assets)}
          </a>
        </span>
      ))}
    </span>
  );
}
