import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { START } from '#event-store';
import { importFile, mappingProfile, sample } from '#intake';
import type { Settings } from './settings';
import type { System } from './system';

/** Fills an empty log with the open data that comes with the registry, and shows how far it is; goes on where it was cut off before. */
export async function fillWithSample(
  system: System,
  { actor, dataFolder }: Settings,
  say: (line: string) => void,
): Promise<void> {
  const begun = join(dataFolder, 'sample-begun');
  if ((await system.store.head()) !== START && !existsSync(begun)) return;
  writeFileSync(begun, 'The import of the sample has begun and is not complete.\n');
  say('The log is empty: importing sample data (REGISTRY_SAMPLE=off leaves it empty) …');
  const files = readdirSync(sample.folder).filter((name) => name.endsWith('.csv'));
  for (const name of files) {
    const bar = new SingleBar({
      format: `  ${name} [{bar}] {percentage}% | {rows} rows`,
      noTTYOutput: true,
      notTTYSchedule: 5000,
      stream: process.stdout,
    });
    bar.start(1, 0, { rows: 0 });
    const { imported, refused, events } = await importFile({
      file: join(sample.folder, name),
      profile: mappingProfile(sample.profile),
      recorder: system.recorder,
      actor: { ...actor, role: 'import' },
      onProgress: ({ rows, bytes, ofBytes }) => bar.update(bytes / ofBytes, { rows }),
    });
    bar.update(1);
    bar.stop();
    say(`  ${name}: ${imported} assets, ${events} events${refused > 0 ? `, ${refused} rows refused` : ''}`);
  }
  rmSync(begun);
  await system.projecting.runner.reached(await system.store.head(), 60_000);
}
