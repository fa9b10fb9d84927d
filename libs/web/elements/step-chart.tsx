import { useWords } from '../language/speaking';

interface Point {
  /** Where the step is, in the unit of the axis. */
  readonly at: number;
  /** The share from here on, from 0 to 1. */
  readonly share: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface StepChartProps {
  readonly points: readonly Point[];
  /** Where the axis ends, a whole number. */
  readonly end: number;
  /** What the axis counts. */
  readonly unit: string;
  /** What the picture shows, for those who do not see it; the table under it has the figures. */
  readonly label: string;
}

/** More steps than pixels show nothing more: the last one in each of these parts of the axis is drawn. */
const PARTS = 400;

/**
 * A share that rises in steps, with the range it lies in and a line at one half. Lines keep their width and words their size, however wide the picture is. Time
 * runs from the left in every language, as the digits on its axis do.
 */
export function StepChart({ points, end, unit, label }: StepChartProps) {
  const words = useWords();
  const drawn = thinned(points, end);
  const x = (at: number): string => ((100 * at) / end).toFixed(2);
  const y = (share: number): string => (100 - 100 * share).toFixed(2);
  const steps = (of: (point: Point) => number): string =>
    drawn.map((point) => `H${x(point.at)}V${y(of(point))}`).join('') + 'H100';
  const ranged = drawn.filter(({ low, high }) => low !== null && high !== null);
  const back = [...ranged].reverse().map((point, place, all) => {
    const before = all[place + 1];
    return `V${y(point.low ?? 0)}H${x(point.at)}${before ? '' : 'V100'}`;
  });
  const top = ranged.map((point) => `H${x(point.at)}V${y(point.high ?? 0)}`).join('');
  // The range holds until the next step, also where that one has none: nobody is left after it.
  const last = x(drawn[ranged.length]?.at ?? end);
  const ticks = ticksUpTo(end);
  return (
    <div class="step-chart" dir="ltr" role="img" aria-label={label}>
      <div class="step-shares" aria-hidden="true">
        {[1, 0.5, 0].map((share) => (
          <span key={share}>{words.percent(100 * share)}</span>
        ))}
      </div>
      <svg width="100%" height="220" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path class="step-grid" d="M0 0H100M0 50H100M0 100H100" />
        {ranged.length > 0 && <path class="step-range" d={`M0 100${top}H${last}${back.join('')}Z`} />}
        <path class="step-line" d={`M0 100${steps(({ share }) => share)}`} />
      </svg>
      <div class="step-times" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick}>{words.number(tick)}</span>
        ))}
      </div>
      <div class="step-unit" aria-hidden="true">
        {unit}
      </div>
    </div>
  );
}

/** Whole numbers at even distances from 0 to the end, six at most. */
function ticksUpTo(end: number): number[] {
  const each = [1, 2, 5, 10, 20, 50].find((size) => end / size <= 5 && end % size === 0) ?? end;
  return Array.from({ length: end / each + 1 }, (_, place) => place * each);
}

function thinned(points: readonly Point[], end: number): Point[] {
  const inPart = new Map<number, Point>();
  for (const point of points) if (point.at <= end) inPart.set(Math.floor((PARTS * point.at) / end), point);
  return [...inPart.values()];
}
