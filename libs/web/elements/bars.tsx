interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  /** What the bar belongs to, where bars differ. */
  readonly group?: string;
}

/** Horizontal bars, the longest across the full width. A picture of the table that stands under it, so silent to those who hear the table. */
export function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const longest = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <div class="bars" aria-hidden="true">
      {bars.map(({ label, value, text, group }) => (
        <div class="bar-row" key={label}>
          <span class="bar-label">{label}</span>
          <svg class="bar" width="100%" height="14">
            <rect class="bar-track" width="100%" height="14" rx="2" />
            <rect
              class={group === undefined ? 'bar-fill' : `part-${group}`}
              width={percent(value / longest)}
              height="14"
              rx="2"
            />
          </svg>
          <span class="bar-text">{text}</span>
        </div>
      ))}
    </div>
  );
}

interface Part {
  readonly name: string;
  readonly share: number;
}

/** One bar divided into parts; each part has a pattern of its own beside its colour. */
export function PartedBar({ parts }: { readonly parts: readonly Part[] }) {
  let start = 0;
  return (
    <svg class="parted" width="100%" height="28" aria-hidden="true">
      {parts.map(({ name, share }) => {
        const x = start;
        start += share;
        return <rect key={name} class={`part part-${name}`} x={percent(x)} width={percent(share)} height="28" />;
      })}
    </svg>
  );
}

/** At least a hair for what is there at all. */
const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;
