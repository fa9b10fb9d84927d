import type { Command, Decision } from './decision';
import type { JsonObject, JsonValue, LegalDate } from './event';
import type { Refusal, RefusalCode } from './refusal';
import { exampleOf } from './schema/example';
import { entryId } from './schema/fields';
import type { CatalogueEntry } from './stream/aggregate';

/**
 * What can be recorded in a stream now. No rule is told a second time here: the law itself is asked, with made-up entries (`decide` appends
 * nothing), in each of the ways that might make a difference. It errs on one side alone: what it calls impossible is refused whatever one types,
 * while what it calls possible may still be refused for what is typed.
 */

/** The law of one stream as it stands, for an entry recorded now by the person who asks. */
export type Law = (command: Command) => Decision;

export interface Possibility {
  readonly command: string;
  readonly chapter: string;
  /** Why nothing typed could make it acceptable; undefined for what may be recorded. */
  readonly refusal: Refusal | undefined;
}

/** What a rehearsal needs beside the law. */
export interface Rehearsal {
  /** The day its made-up entries happen: today. */
  readonly on: LegalDate;
  /** Ids of the entries of the stream, which an entry may refer to. */
  readonly entries: readonly string[];
}

/** Refusals on which other data have no bearing; with every code and every entry tried, the last few too. A new code counts as one that data can lift. */
const standing: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'not-seized', 'already-seized', 'after-exit', 'not-opened', 'already-opened', 'confiscation-already-final', 'confiscation-not-ordered',
  'seizure-superseded', 'destination-before-final', 'authorisation-not-needed', 'already-destined', 'no-destination', 'already-transferred',
  'no-administrator', 'administrator-in-office', 'owners-not-declared', 'already-suspended', 'not-suspended', 'one-agreement-at-a-time',
  'no-agreement', 'already-handed-over', 'nothing-to-return', 'agreement-not-renewable', 'renewal-after-expiry', 'agreement-suspended', 'agreement-not-suspended',
  'use-needs-handover', 'use-needs-transfer', 'already-in-use', 'use-not-started', 'sale-not-destined', 'proceeds-without-sale',
  'destruction-not-destined', 'compensation-not-destined', 'call-at-other-stage', 'call-deadline-passed', 'call-deadline-not-reached',
  'applications-undecided', 'applications-admitted', 'scores-missing', 'thread-closed', 'thread-withheld', 'answer-before-moderation',
  'answer-not-by-authority', 'already-escalated', 'already-answered', 'deadline-not-passed', 'answered-by-member',
  'instance-out-of-order', 'no-such-reference', 'no-such-problem', 'no-such-withheld-field', 'field-never-opens', 'already-disclosed', 'no-such-application', 'no-such-meeting', 'no-such-recommendation',
  'proposal-decided', 'proposal-not-approved', 'already-approved', 'payment-not-approved', 'support-decided', 'support-not-accepted',
  'support-not-screened', 'works-completed', 'application-decided', 'application-not-admitted', 'recommendation-answered', 'not-a-member',
  'same-person', 'second-person-needed', 'account-closed', 'account-suspended', 'account-not-suspended',
  'administrator-needed', 'nothing-to-publish', 'return-being-counted', 'figures-not-asked-for', 'figures-are-counted', 'own-rights', 'no-such-role', 'no-such-personal-data', 'already-erased', 'not-sealed', 'account-open',
]); // prettier-ignore

/** Of these those that follow from how the stream stands and from nothing that an entry says: one made-up entry is as good as all. */
const whateverItSays: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'not-seized', 'after-exit', 'confiscation-already-final', 'authorisation-not-needed', 'already-destined', 'no-destination', 'already-transferred',
  'no-administrator', 'administrator-in-office', 'one-agreement-at-a-time', 'no-agreement', 'already-handed-over', 'nothing-to-return',
  'agreement-not-renewable', 'renewal-after-expiry', 'agreement-suspended', 'agreement-not-suspended', 'use-needs-handover', 'use-needs-transfer',
  'already-in-use',
  'use-not-started', 'sale-not-destined', 'proceeds-without-sale',
]); // prettier-ignore

/** More made-up entries than these are not tried; the act is then taken for possible. */
const MOST_PROBES = 4000;

/** Each command that adds to the stream, in the order of the catalogue, and what stands against it. */
export function possibilities(
  commands: ReadonlyMap<string, CatalogueEntry>,
  openings: readonly string[],
  law: Law,
  rehearsal: Rehearsal,
): Possibility[] {
  return [...commands.values()]
    .filter(({ command }) => !openings.includes(command))
    .map(({ command, chapter, definition }) => ({
      command,
      chapter,
      refusal: standingAgainst(command, definition.asked, law, rehearsal),
    }));
}

function standingAgainst(name: string, schema: object, law: Law, { on, entries }: Rehearsal): Refusal | undefined {
  const ask = (data: JsonObject): Decision => law({ name, occurredOn: on, data });
  const plain = ask(exampleOf(schema, { only: 'required' }));
  if (plain.kind === 'refused' && whateverItSays.has(plain.refusal.code)) return plain.refusal;
  let first: Refusal | undefined;
  let tried = 0;
  for (const data of probes(schema, entries, ask)) {
    const decision = ask(data);
    tried += 1;
    if (decision.kind !== 'refused' || !standing.has(decision.refusal.code) || tried > MOST_PROBES) return undefined;
    first = nearer(first, decision.refusal);
  }
  return first;
}

/** The law says that there is no such entry, whatever else the command says. */
const unknown = (decision: Decision): boolean =>
  decision.kind === 'refused' && /^(no-such-|not-a-member|already-disclosed)/.test(decision.refusal.code);

/** Of two reasons the one that says more: that an entry of the stream will not do says less than why another one will not. */
const nearer = (one: Refusal | undefined, other: Refusal): Refusal =>
  one === undefined || one.code.startsWith('no-such-') ? other : one;

/** The entries of the stream that a field may refer to: those for which the law does not say that there is no such thing. */
export function referable(
  command: string,
  schema: object,
  field: string,
  law: Law,
  { on, entries }: Rehearsal,
): readonly string[] {
  const data = exampleOf(schema, { only: 'required' });
  const path = field.split('.');
  return entries.filter((entry) => !unknown(law({ name: command, occurredOn: on, data: withAt(data, path, entry) })));
}

interface Schema {
  readonly enum?: readonly string[];
  readonly type?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Made-up data: as little and as much as the type allows, each answer of each closed question, and each entry that could be referred to. */
function* probes(
  schema: object,
  entries: readonly string[],
  ask: (data: JsonObject) => Decision,
): Iterable<JsonObject> {
  const leaves = leavesOf(schema, []);
  const references = leaves.filter(({ leaf }) => leaf.pattern === entryId().pattern).map(({ path }) => path);
  const answers = leaves.map(({ path, leaf }) => ({
    path,
    values: leaf.enum ?? (leaf.type === 'boolean' ? [true, false] : []),
  }));
  const known = new Map<string, readonly string[]>();
  for (const only of ['required', 'all'] as const) {
    const example: JsonObject = exampleOf(schema, only === 'required' ? { only } : {});
    const referred = references.filter((path) => valueAt(example, path) !== undefined);
    const field = referred.map((path) => path.join('.')).join(' ');
    const found = known.get(field) ?? worthTrying(example, referred, entries, ask);
    known.set(field, found);
    for (const referring of withReferences(example, referred, found)) {
      yield referring;
      for (const { path, values } of answers) for (const value of values) yield withAt(referring, path, value);
    }
  }
}

/** Where an entry refers to one other alone: those there are for it, or any one if there are none, to hear why. */
function worthTrying(
  example: JsonObject,
  references: readonly (readonly string[])[],
  entries: readonly string[],
  ask: (data: JsonObject) => Decision,
): readonly string[] {
  const [path, ...others] = references;
  if (!path || others.length > 0) return entries;
  const found = entries.filter((entry) => !unknown(ask(withAt(example, path, entry))));
  return found.length > 0 ? found : entries.slice(0, 1);
}

/** The example, and the example with each entry where it refers to one; with several references, with each pair that their places allow. */
function* withReferences(
  example: JsonObject,
  [first, ...rest]: readonly (readonly string[])[],
  entries: readonly string[],
): Iterable<JsonObject> {
  if (!first) {
    yield example;
    return;
  }
  if (entries.length === 0) yield example;
  for (const entry of entries) yield* withReferences(withAt(example, first, entry), rest, entries);
}

interface Leaf {
  readonly path: readonly string[];
  readonly leaf: Schema;
}

function leavesOf({ properties }: Schema, path: readonly string[]): Leaf[] {
  return Object.entries(properties ?? {}).flatMap(([name, inner]) =>
    inner.properties ? leavesOf(inner, [...path, name]) : [{ path: [...path, name], leaf: inner }],
  );
}

const valueAt = (data: JsonObject, path: readonly string[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>((value, name) => (isObject(value) ? value[name] : undefined), data);

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withAt(data: JsonObject, [name = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  const inner = data[name];
  if (rest.length === 0) return { ...data, [name]: value };
  return isObject(inner) ? { ...data, [name]: withAt(inner, rest, value) } : data;
}
