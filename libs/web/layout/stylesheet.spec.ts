import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', 'assets');
const sheets = readdirSync(folder).filter((name) => name.endsWith('.css') && name !== 'direction.css');

/** What turns wrong where lines run from the right. */
const SIDED =
  /(?:^|[\s;{])(?:left|right|[a-z-]+-(?:left|right)(?:-[a-z]+)?)\s*:|(?:float|text-align|justify-\w+)\s*:\s*(?:left|right)\b/;
/** Four lengths of which the second and the fourth differ. */
const LOPSIDED = /(?:margin|padding|inset)\s*:\s*(\S+|\w+\([^)]*\))\s+(\S+)\s+(\S+)\s+(?!\2\s*;)\S+\s*;/;

describe.each(sheets)('%s', (name) => {
  it('says where a line begins and ends, not left and right', () => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    const sided = lines.filter((line) => (SIDED.test(line) || LOPSIDED.test(line)) && !/^\s*--/.test(line));
    // Columns of numbers have their units on the right in every language.
    expect(sided.map((line) => line.trim())).toEqual(name === 'base.css' ? ['text-align: right;'] : []);
  });
});
