import type { Stages } from '#domain';

/** Amounts that may be beyond what a double holds, or not. */
type Amounts = { readonly [Stage in keyof Stages]: number | bigint };

/**
 * What was allocated as one bar: paid, approved, committed, and what is free. A picture of the figures beside it, so silent to those who hear them.
 * Nothing where there is no whole to be a part of, or where the parts of a year do not make one.
 */
export function MoneyBar({ stages }: { readonly stages: Amounts }) {
  const [allocated, committed, approved, paid] = [
    Number(stages.allocated),
    Number(stages.committed),
    Number(stages.approved),
    Number(stages.paid),
  ];
  const inOrder = allocated > 0 && paid >= 0 && paid <= approved && approved <= committed && committed <= allocated;
  if (!inOrder) return null;
  const parts = [
    ['paid', 0, paid],
    ['approved', paid, approved],
    ['committed', approved, committed],
    ['available', committed, allocated],
  ] as const;
  return (
    <svg class="money-bar" width="100%" height="24" aria-hidden="true">
      {parts
        .filter(([, from, to]) => to > from)
        .map(([name, from, to]) => (
          <rect
            key={name}
            class={`money-${name}`}
            x={percent(from / allocated)}
            width={percent((to - from) / allocated)}
            height="24"
          />
        ))}
    </svg>
  );
}

interface StagedPart {
  readonly label: string;
  readonly text: string;
  readonly stages: Amounts;
}

/**
 * One bar for each part, the longest across the full width: what of it is paid, approved, committed, and free where `allocated` is asked for. A picture
 * of the table under it. Nothing where a part is negative, as that of a year may be.
 */
export function StagedBars({
  parts,
  allocated,
}: {
  readonly parts: readonly StagedPart[];
  readonly allocated: boolean;
}) {
  const bars = parts.map(({ label, text, stages }) => {
    const [paid, approved, committed] = [Number(stages.paid), Number(stages.approved), Number(stages.committed)];
    return { label, text, ends: [paid, approved, committed, allocated ? Number(stages.allocated) : committed] };
  });
  const longest = Math.max(...bars.flatMap(({ ends }) => ends));
  const rising = bars.every(({ ends }) => ends.every((end, place) => end >= (ends[place - 1] ?? 0)));
  if (!rising || longest <= 0) return null;
  return (
    <div class="bars staged" aria-hidden="true">
      {bars.map(({ label, text, ends }) => (
        <div class="bar-row" key={label}>
          <span class="bar-label">{label}</span>
          <svg class="bar" width="100%" height="14">
            <rect class="bar-track" width="100%" height="14" rx="2" />
            {names.map((name, place) => (
              <rect
                key={name}
                class={`money-${name}`}
                x={percent((ends[place - 1] ?? 0) / longest)}
                width={percent((ends[place]! - (ends[place - 1] ?? 0)) / longest)}
                height="14"
              />
            ))}
          </svg>
          <span class="bar-text">{text}</span>
        </div>
      ))}
    </div>
  );
}

const names = ['paid', 'approved', 'committed', 'available'] as const;

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;
