import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Every source file of the product, scripts included. */
const sources = ['apps', 'libs', 'scripts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs|cjs)$/.test(name) && !/\.spec\.tsx?$/.test(name))
    .map((name) => join(root, folder, name)),
);

const NAME = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/;

/** Ways in which our code reads a variable: from an environment by name, by unpacking one, by a table of the variables allowed, by handing both on. */
function variablesIn(text: string): string[] {
  const byName = [...text.matchAll(new RegExp(`\\benv(?:\\.|\\[['"])(${NAME.source})`, 'g'))].map(([, name]) => name!);
  const unpacked = [...text.matchAll(/\{([^{}]*)\}(?::[^=]*)? = (?:process\.)?env\b/g)].flatMap(([, names]) =>
    namesIn(names!),
  );
  const tables = [...text.matchAll(/\bvariables = \{([\s\S]*?)\n\}/gi)].flatMap(([, table]) =>
    [...table!.matchAll(new RegExp(`^\\s*(${NAME.source}):`, 'gm'))].map(([, name]) => name!),
  );
  const handed = [...text.matchAll(new RegExp(`\\(env, '(${NAME.source})'`, 'g'))].map(([, name]) => name!);
  return [...byName, ...unpacked, ...tables, ...handed];
}

const namesIn = (text: string): string[] => text.match(new RegExp(NAME.source, 'g')) ?? [];

describe('docs/configuration.md', () => {
  const read = [...new Set(sources.flatMap((path) => variablesIn(readFileSync(path, 'utf8'))))].sort();
  const page = readFileSync(join(root, 'docs', 'configuration.md'), 'utf8');
  const told = [...page.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, name]) => name!);

  it('names every variable the code reads, and no other', () => expect([...told].sort()).toEqual(read));

  it('names each once', () => expect(told).toEqual([...new Set(told)]));

  it('says what each is for', () => {
    for (const name of told) expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| \\S.{10,} \\|$`, 'm'));
  });

  it('is checked by a search that finds every way to read one', () => {
    expect(variablesIn("const a = process.env.ONE_NAME ?? 'x'; env['TWO_NAME']; env.THREE_NAME")).toEqual([
      'ONE_NAME',
      'TWO_NAME',
      'THREE_NAME',
    ]);
    expect(variablesIn("const { ONE_NAME: kind = 'embedded', TWO_NAME } = env;")).toEqual(['ONE_NAME', 'TWO_NAME']);
    expect(variablesIn("export const variables = {\n  ONE_NAME: 'x',\n  TWO_NAME: `y`,\n} as const;")).toEqual([
      'ONE_NAME',
      'TWO_NAME',
    ]);
    expect(read).toEqual(expect.arrayContaining(['EVENT_STORE', 'EVENTSTOREDB_URL', 'READ_DATABASE', 'REGISTRY_PORT']));
  });
});
