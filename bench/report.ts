/** One line of the table: a rate of ours, what it is held against in the same run, and what we aim at. */
export interface Measured {
  readonly what: string;
  readonly rate: number;
  readonly unit: string;
  /** The peer or raw limit of the same run; none where the aim is an absolute figure. */
  readonly against?: { readonly name: string; readonly rate: number; readonly aim?: number };
  /** What the rate should be at least (`min`) or at most (`max`), in its own unit. */
  readonly aim?: { readonly min?: number; readonly max?: number };
}

const ratioOf = ({ rate, against }: Measured): number | undefined => against && rate / against.rate;

/** Undefined where nothing is aimed at. */
export function isMet(measured: Measured): boolean | undefined {
  const { rate, aim, against } = measured;
  if (aim?.min !== undefined) return rate >= aim.min;
  if (aim?.max !== undefined) return rate <= aim.max;
  return against?.aim === undefined ? undefined : ratioOf(measured)! >= against.aim;
}

/** The measurements as a Markdown table. */
export function tableOf(rows: readonly Measured[]): string {
  const cells = rows.map((row) => {
    const ratio = ratioOf(row);
    const aim = row.aim?.min ?? row.aim?.max;
    const wanted =
      aim !== undefined
        ? `${row.aim?.min === undefined ? '≤' : '≥'} ${figure(aim)} ${row.unit}`
        : row.against?.aim === undefined
          ? ''
          : `≥ ${row.against.aim} ×`;
    return [
      row.what,
      `${figure(row.rate)} ${row.unit}`,
      row.against ? `${row.against.name}: ${figure(row.against.rate)}` : '',
      ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
      wanted,
      { true: 'met', false: 'missed', undefined: '' }[String(isMet(row))] ?? '',
    ];
  });
  const lines = [
    ['what', 'ours', 'against, in the same run', 'ratio', 'aim', ''],
    ['---', '---', '---', '---', '---', '---'],
    ...cells,
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toLocaleString('en', { maximumFractionDigits: 2 });
