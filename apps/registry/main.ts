import 'reflect-metadata';
import { eventStoreSettingsFromEnv } from '#event-store';
import { run } from '#process';
import { processesSettingsFromEnv } from '#processes';
import { startRegistry } from './server';
import { registrySettingsFromEnv } from './settings';

/** Runs the agency side alone: the one process that writes to the log. */
run(async (handOver) => {
  const settings = registrySettingsFromEnv(process.env);
  const { dataFolder, profile } = settings;
  const registry = await startRegistry(
    settings,
    eventStoreSettingsFromEnv(process.env, dataFolder),
    processesSettingsFromEnv(process.env, dataFolder, profile),
  );
  handOver(registry);
  process.stdout.write(
    `Social Reuse Registry, command API: ${registry.url}/api/v1/assets (from this machine only, until sign-in arrives)\n` +
      `  Back office: ${registry.url}/office\n`,
  );
});
