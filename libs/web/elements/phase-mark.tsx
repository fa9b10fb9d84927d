import type { Phase } from '#domain';
import { useWords } from '../language/speaking';

/** A shape for each phase, so that phases are told apart without colours: a circle that fills, a square once it is given on, a cross at an exit. */
const shapes: Readonly<Record<Phase, () => preact.JSX.Element>> = {
  seized: () => <circle cx="8" cy="8" r="6" class="line" />,
  'confiscated-first': () => (
    <>
      <circle cx="8" cy="8" r="6" class="line" />
      <path d="M8 2a6 6 0 0 1 6 6H8z" class="fill" />
    </>
  ),
  'confiscated-appeal': () => (
    <>
      <circle cx="8" cy="8" r="6" class="line" />
      <path d="M8 2a6 6 0 0 1 0 12z" class="fill" />
    </>
  ),
  'confiscated-final': () => <circle cx="8" cy="8" r="7" class="fill" />,
  available: () => <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" class="line" />,
  destined: () => <path d="M8 .5 15.5 8 8 15.5.5 8z" class="fill" />,
  transferred: () => (
    <>
      <rect x="1" y="1" width="14" height="14" rx="2" class="fill" />
      <path d="m4.5 8.2 2.4 2.4 4.6-5" class="cut" />
    </>
  ),
  assigned: () => (
    <>
      <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="6.25" class="line" />
      <path d="m4.5 8.2 2.4 2.4 4.6-5" class="line" />
    </>
  ),
  'in-use': () => (
    <>
      <rect x="1" y="1" width="14" height="14" rx="7" class="fill" />
      <path d="m4.5 8.2 2.4 2.4 4.6-5" class="cut" />
    </>
  ),
  'kept-by-state': () => (
    <>
      <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="2" class="line" />
      <rect x="5" y="5" width="6" height="6" class="fill" />
    </>
  ),
  sold: () => <path d="M2 5h9m0 0L8.5 2.5M11 5 8.5 7.5M14 11H5m0 0 2.5-2.5M5 11l2.5 2.5" class="line" />,
  destroyed: () => <path d="m3 3 10 10M13 3 3 13" class="line" />,
  returned: () => <path d="M13 13V6.5a3 3 0 0 0-3-3H3m0 0 3-3m-3 3 3 3" class="line" />,
  split: () => <path d="M8 15V9m0 0L3 3m5 6 5-6M3 7V3h4m2 0h4v4" class="line" />,
  merged: () => <path d="M8 1v6M3 14l5-7 5 7M5 4l3-3 3 3" class="line" />,
};

/** The phase as shape and text. */
export function PhaseMark({ phase }: { readonly phase: Phase }) {
  return (
    <span class={`phase phase-${phase}`}>
      <PhaseShape phase={phase} />
      {useWords().code('phase', phase)}
    </span>
  );
}

export function PhaseShape({ phase }: { readonly phase: Phase }) {
  return (
    <svg class="phase-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {shapes[phase]()}
    </svg>
  );
}
