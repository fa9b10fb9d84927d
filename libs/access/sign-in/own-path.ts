const PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/;

/**
 * A path of this site to go on to, or undefined: `//other.example`, `/\other.example` and whole addresses lead elsewhere (open redirect), and line breaks or
 * backslashes are read differently by different browsers.
 */
export function ownPath(path: string | undefined): string | undefined {
  if (path === undefined || path.length > 2000 || !PATH.test(path)) return undefined;
  const base = 'https://own.invalid';
  if (!URL.canParse(path, base)) return undefined;
  const url = new URL(path, base);
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined;
}
