/**
 * True for a JSON value whose lists and objects stand at most `maxDepth` inside one another (0: none at all) and that takes at most
 * `maxCharacters` when written. Looks no deeper than that, so that no value can exhaust the stack.
 */
export function isBoundedJson(value: unknown, maxCharacters: number, maxDepth: number): boolean {
  return isJson(value, maxDepth) && JSON.stringify(value).length <= maxCharacters;
}

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  return Object.values(value).every((member) => isJson(member, depth - 1));
}
