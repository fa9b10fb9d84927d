import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { Recorder } from '#recording';
import { ReturnCounting } from '../../apps/registry/return-counting';
import { theReturn } from './asking';

/** Counts what is asked for in a log until it is killed; says on standard output when it begins and when nothing is left to count. */
async function main(folder: string, year: string): Promise<void> {
  const log = openEmbeddedLog(join(folder, 'events.sqlite'));
  const recorder = new Recorder(log, { profile: italy });
  const counting = new ReturnCounting({
    log,
    recorder,
    profile: italy,
    onNotice: (notice) => process.stderr.write(notice),
  });
  counting.start();
  while ((counting.underWay?.counted ?? 0) === 0 && (await theReturn(recorder, year))?.asked) await pause(1);
  process.stdout.write('begins\n');
  while ((await theReturn(recorder, year))?.asked) await pause(5);
  await counting.close();
  await log.close();
  process.stdout.write('nothing left\n');
}

const [folder = '', year = ''] = process.argv.slice(2);
void main(folder, year);
