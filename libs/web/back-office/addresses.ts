/** Where the back office has its pages. They are the agency's own and have one address in all languages. */
export const officeAddress = {
  home: '/office',
  language: (to: string, back: string): string =>
    `/office/language?to=${encodeURIComponent(to)}&back=${encodeURIComponent(back)}`,
  opening: (collection: string, command?: string): string =>
    `/office/${collection}/new${command === undefined ? '' : `/${command}`}`,
  dossier: (collection: string, id: string): string => `/office/${collection}/${encodeURIComponent(id)}`,
  /** The form of an act; `filled` is filled in beforehand, by the names of its fields. */
  act: (collection: string, id: string, command: string, filled: Readonly<Record<string, string>> = {}): string => {
    const query = new URLSearchParams(filled).toString();
    return `/office/${collection}/${encodeURIComponent(id)}/${command}${query === '' ? '' : `?${query}`}`;
  },
  /** Everybody who has an account. */
  people: '/office/accounts',
  /** Where a token for a program is made. */
  newToken: (account: string): string => `/office/accounts/${encodeURIComponent(account)}/tokens/new`,
  /** What an administrator does to the means by which somebody signs in. */
  means: (account: string, act: string, filled: Readonly<Record<string, string>> = {}): string => {
    const query = new URLSearchParams(filled).toString();
    return `/office/accounts/${encodeURIComponent(account)}/sign-in/${act}${query === '' ? '' : `?${query}`}`;
  },
} as const;
