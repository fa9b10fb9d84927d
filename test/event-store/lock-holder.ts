import { openEmbeddedLog } from '#event-store';

/** Opens the log for writing, says so, and holds it until it is killed. */
openEmbeddedLog(process.argv[2] ?? '');
process.stdout.write('open\n');
setInterval(() => undefined, 60_000);
