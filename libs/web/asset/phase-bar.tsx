import type { LegalDate } from '#domain';
import { PhaseShape } from '../elements/phase-mark';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { phaseSteps } from './phase-steps';
import type { PhaseStep } from './phase-steps';
import { lastDayOf } from './dossier';
import type { AssetView } from './dossier';

/** The way of an asset through its phases. Shape and text say all of it; colour only helps. */
export function PhaseBar({ view }: { readonly view: AssetView }) {
  const words = useWords();
  const steps = phaseSteps(view.dossier.inForce, lastDayOf(view), view.profile);
  const past = view.moment.asOf !== undefined || view.moment.knownAt !== undefined;
  return (
    <ol class="phase-bar">
      {steps.map((step, place) => (
        <li
          key={place}
          class={`step ${step.state} phase-${step.phase}`}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <PhaseShape phase={step.phase} />
          <span class="step-state">{stateInWords(step, past, words)}</span>
          <span class="step-name">
            {step.instanceStated ? words.code('phase', step.phase) : words.t('phases.instanceNotStated')}
          </span>
          {step.state !== 'ahead' && <span class="step-dates">{datesInWords(step, words)}</span>}
          {step.days !== null && <span class="step-days">{words.t('phases.days', { count: step.days })}</span>}
          {step.deadline && <Clock deadline={step.deadline} over={step.state === 'passed'} />}
        </li>
      ))}
    </ol>
  );
}

interface ClockProps {
  readonly deadline: NonNullable<PhaseStep['deadline']>;
  /** The stay has ended. */
  readonly over: boolean;
}

function Clock({ deadline: { days, source, overdueBy }, over }: ClockProps) {
  const { t } = useWords();
  return (
    <span class={overdueBy > 0 ? 'step-clock overdue' : 'step-clock'} title={source}>
      {t('phases.deadline', { count: days })}
      {overdueBy > 0 && (
        <>
          {'; '}
          <strong>{t(over ? 'phases.wasOverdue' : 'phases.overdue', { count: overdueBy })}</strong>
        </>
      )}
    </span>
  );
}

function stateInWords({ state }: PhaseStep, past: boolean, { t }: Words): string {
  if (state === 'now') return past ? t('phases.then') : t('phases.now');
  return state === 'passed' ? t('phases.passed') : t('phases.ahead');
}

function datesInWords({ state, since, until }: PhaseStep, words: Words): string {
  const day = (date: LegalDate): string => words.day(date);
  if (since === null)
    return until === null ? words.t('phases.dateNotStated') : words.t('phases.until', { to: day(until) });
  if (state === 'now' || until === null) return words.t('phases.since', { date: day(since) });
  return since === until ? day(since) : words.t('phases.span', { from: day(since), to: day(until) });
}
