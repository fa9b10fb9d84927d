import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventCatalogue, rulesTable } from '#domain';

const texts = { 'docs/event-catalogue.md': eventCatalogue(), 'docs/rules.md': rulesTable() };

/** `npm run docs` writes the documents that follow from the code; with `-- --check` it only says whether they are up to date. */
function main(root: string, check: boolean): number {
  for (const [file, text] of Object.entries(texts)) {
    const path = join(root, file);
    if (!check) writeFileSync(path, text);
    else if (read(path) !== text) {
      process.stderr.write(`${file} is not up to date. Run: npm run docs\n`);
      return 1;
    }
  }
  return 0;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

process.exitCode = main(process.cwd(), process.argv.includes('--check'));
