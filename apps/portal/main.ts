import 'reflect-metadata';
import { run } from '#process';
import { readDatabaseSettingsFromEnv } from '#read-models';
import { startPortal } from './server';
import { portalSettingsFromEnv } from './settings';

/** Runs the public side alone: it is given the read database and knows of no other. */
run(async (handOver) => {
  const settings = portalSettingsFromEnv(process.env);
  const portal = await startPortal(settings, readDatabaseSettingsFromEnv(process.env, settings.dataFolder));
  handOver(portal);
  process.stdout.write(`Social Reuse Registry, public pages: ${portal.url}/\n`);
});
