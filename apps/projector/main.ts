import 'reflect-metadata';
import { eventStoreSettingsFromEnv } from '#event-store';
import { notarySettingsFromEnv } from '#notary';
import { run } from '#process';
import { readDatabaseSettingsFromEnv } from '#read-models';
import { startProjector } from './server';
import { projectorSettingsFromEnv } from './settings';

/** Runs the projector alone: it follows the log and keeps the read models. */
run(async (handOver) => {
  const settings = projectorSettingsFromEnv(process.env);
  const projector = await startProjector(
    settings,
    eventStoreSettingsFromEnv(process.env, settings.dataFolder),
    readDatabaseSettingsFromEnv(process.env, settings.dataFolder),
    notarySettingsFromEnv(process.env, settings.dataFolder),
  );
  handOver(projector);
  process.stdout.write(`Social Reuse Registry, projector: ${projector.url}/health/ready\n`);
});
