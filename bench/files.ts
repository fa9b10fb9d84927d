import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { importFile, mappingProfile, sample } from '#intake';
import { Recorder } from '#recording';
import type { BenchSettings } from './main';
import { officer } from './events';
import type { Measured } from './report';
import { peakMemory } from './timing';

const ROWS = 1_000_000;

/** Importing open data: the sample, a file of the agency if one is named, and a million rows made from the sample's. */
export async function files({ folder, file }: BenchSettings): Promise<Measured[]> {
  const rows: Measured[] = [];
  const managed = join(
    sample.folder,
    readdirSync(sample.folder).find((name) => name.startsWith('real-estate'))!,
  );
  for (const path of [managed, ...(file === undefined ? [] : [file])]) rows.push(...(await imported(folder, path)));
  rows.push(...(await imported(folder, await million(folder, managed))));
  return rows;
}

async function imported(folder: string, file: string): Promise<Measured[]> {
  const store = openEmbeddedLog(join(folder, `${randomUUID()}.sqlite`));
  const recorder = new Recorder(store, { profile: italy, cachedStreams: 1000 });
  let what = '';
  let rate = 0;
  const mebibytes = await peakMemory(async () => {
    const summary = await importFile({ file, profile: mappingProfile(sample.profile), recorder, actor: officer });
    what = `import of ${summary.rows.toLocaleString('en')} rows (${summary.events.toLocaleString('en')} events)`;
    rate = summary.rows / summary.seconds;
  });
  await store.close();
  return [
    { what, rate, unit: 'rows/s' },
    { what: `memory of that import`, rate: mebibytes, unit: 'MiB', aim: { max: 512 } },
  ];
}

/** The sample again and again, each time with codes of its own. */
async function million(folder: string, file: string): Promise<string> {
  const table: string[][] = [];
  for await (const row of createReadStream(file).pipe(parse()) as AsyncIterable<string[]>) table.push(row);
  const [header, ...body] = table;
  function* all(): Generator<string[]> {
    yield header!;
    for (let made = 0; made < ROWS; made += 1) {
      const [code, ...rest] = body[made % body.length]!;
      yield [`${code}-${Math.floor(made / body.length)}`, ...rest];
    }
  }
  const path = join(folder, 'million.csv');
  await pipeline(Readable.from(all()), stringify(), createWriteStream(path));
  return path;
}
