import type { SignIn } from '#access';

/** What a program writes once it listens, where nobody can sign in yet; nothing otherwise. `url` is where people reach it. */
export function setUpNotice({ setUpToken }: Pick<SignIn, 'setUpToken'>, url: string): readonly string[] {
  if (setUpToken === undefined) return [];
  return [
    'Nobody can sign in yet. Make the first administrator here; the link works once, and for a day:',
    `  ${url}/set-up?token=${setUpToken}`,
  ];
}
