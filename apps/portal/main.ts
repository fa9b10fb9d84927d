import 'reflect-metadata';
import { resolve } from 'node:path';
import { ReadDatabaseError, readDatabaseSettingsFromEnv } from '#read-models';
import { startPortal } from './server';
import { WrongPortalSetting, portalSettingsFromEnv } from './settings';

/** Runs the public side alone: it is given the read database and knows of no other. */
async function main(): Promise<void> {
  const settings = portalSettingsFromEnv(process.env);
  const dataFolder = resolve(process.env.REGISTRY_DATA ?? 'data');
  const portal = await startPortal(settings, readDatabaseSettingsFromEnv(process.env, dataFolder));
  process.stdout.write(`Social Reuse Registry, public pages: ${portal.url}/\n`);
  const stop = (): void => {
    portal.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** One sentence for what an operator can mend; the whole error for what only we can. */
function fail(error: unknown): void {
  const known = error instanceof WrongPortalSetting || error instanceof ReadDatabaseError;
  process.stderr.write(known ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
