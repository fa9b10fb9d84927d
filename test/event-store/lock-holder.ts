import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openEmbeddedLog } from '#event-store';

/** Opens the log for writing, forgets it, says so, and holds it until it is killed: what nobody refers to any more is still locked. */
openEmbeddedLog(process.argv[2] ?? '');
setFlagsFromString('--expose_gc');
setTimeout(() => {
  (runInNewContext('gc') as () => void)();
  process.stdout.write('open\n');
}, 0);
setInterval(() => undefined, 60_000);
