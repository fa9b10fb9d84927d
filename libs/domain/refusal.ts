import type { JsonObject } from './event';
import { grounds } from './grounds/grounds';

export { grounds } from './grounds/grounds';

/**
 * Why an entry was refused: a value, not an exception, once it leaves the domain. `code` is stable, `rule` is the number in the law of
 * the domain (docs/rules.md), `source` its legal or business anchor, `facts` what the decision saw.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly rule: number | null;
  readonly source: string;
  /** One or two sentences for a person: what is wrong and what to do. */
  readonly message: string;
  readonly facts: JsonObject;
}

export type RefusalCode = keyof typeof grounds;

/** How a rule says no, inside the domain; `decide` turns it into a value. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'Refused';
  }
}

export function refusal(code: RefusalCode, facts: JsonObject = {}): Refusal {
  const { rule, source, message } = grounds[code];
  const filled = message.replace(/\{(\w+)\}/g, (_, name: string) => inWords(facts[name]));
  return { code, rule, source, message: filled, facts };
}

function inWords(fact: JsonObject[string]): string {
  if (fact === null || fact === undefined) return 'unknown date';
  return typeof fact === 'object' ? JSON.stringify(fact) : String(fact);
}

/** States a rule: refuses when `holds` is false. */
export function demand(holds: boolean, code: RefusalCode, facts: JsonObject = {}): asserts holds {
  if (!holds) throw new Refused(refusal(code, facts));
}
