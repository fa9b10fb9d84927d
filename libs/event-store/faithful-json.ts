/**
 * Says where a value would come back from JSON other than it went in, or undefined when it comes back the same: `JSON.stringify` writes
 * NaN as null, a Date as a string and drops a function without a word, and a log must give back what it was given. A member that is
 * undefined counts as absent. The value must be free of cycles.
 */
export function lostInJson(value: unknown, path: string): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : `${path} is ${value}`;
    case 'object':
      return value === null ? undefined : lostInObject(value, path);
    default:
      return `${path} is a ${typeof value}`;
  }
}

function lostInObject(value: object, path: string): string | undefined {
  if (Array.isArray(value)) {
    for (const [place, item] of value.entries()) {
      const lost = lostInJson(item, `${path}[${place}]`);
      if (lost) return lost;
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `${path} is not a plain object`;
  for (const [name, member] of Object.entries(value)) {
    const lost = member === undefined ? undefined : lostInJson(member, `${path}.${name}`);
    if (lost) return lost;
  }
  return undefined;
}
