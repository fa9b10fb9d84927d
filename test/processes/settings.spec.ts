import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { variables } from '#process';

describe('docs/configuration.md', () => {
  const text = readFileSync(resolve(__dirname, '../../docs/configuration.md'), 'utf8');

  it.each(Object.entries(variables))('says of %s what the program says', (name, meaning) => {
    expect(text).toContain(`| \`${name}\` | ${meaning} |`);
  });

  it('names no variable that does not exist', () => {
    const named = [...text.matchAll(/^\| `((?:REGISTRY|PORTAL|PROJECTOR|OCDS)_[A-Z_]+)`/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(variables).sort());
  });
});
