import { failed } from '#http';

const LONGEST = 2048;

/** The fields of a form that was posted. */
export type Form<Name extends string> = Readonly<Record<Name, string>>;

/**
 * Reads a posted form: each field once, as text, none but those named; what is missing is empty. Throws RequestFailed for what no page of ours sends.
 */
export function formFrom<Name extends string>(body: unknown, names: readonly Name[]): Form<Name> {
  const given = new Map(Object.entries(typeof body === 'object' && body !== null ? body : {}));
  const unknown = [...given.keys()].find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw failed('malformed-request', `Send these fields alone: ${names.join(', ')}.`, {
      errors: [{ pointer: `/${unknown}`, detail: 'This name is not known here.' }],
    });
  }
  const textOf = (name: Name): string => {
    const value: unknown = given.get(name) ?? '';
    if (typeof value === 'string' && value.length <= LONGEST) return value;
    throw failed('malformed-request', `Send each field once, as text of up to ${LONGEST} characters.`, {
      errors: [{ pointer: `/${name}`, detail: 'Sent twice, or too long.' }],
    });
  };
  return Object.fromEntries(names.map((name) => [name, textOf(name)])) as Form<Name>;
}
