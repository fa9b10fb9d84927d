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

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;
