/** A ground on which an entry can be refused: the number of its rule, its legal or business anchor, and what a person reads. `{name}` in a message is filled from the facts. */
export interface Ground {
  readonly rule: number | null;
  readonly source: string;
  readonly message: string;
}

export const ITALIAN_CODE = 'Legislative decree 159/2011';
