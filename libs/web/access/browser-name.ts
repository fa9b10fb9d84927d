const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What a User-Agent says in a word or two, so that people recognise their own devices; undefined for what nobody would. */
export function browserName(userAgent: string): { readonly browser: string; readonly system: string } | undefined {
  const name = (of: typeof browsers): string | undefined => of.find(([sign]) => sign.test(userAgent))?.[1];
  const [browser, system] = [name(browsers), name(systems)];
  return browser === undefined || system === undefined ? undefined : { browser, system };
}
