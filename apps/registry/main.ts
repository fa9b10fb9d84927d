import 'reflect-metadata';
import { eventStoreSettingsFromEnv } from '#event-store';
import { run } from '#process';
import { processesSettingsFromEnv } from '#processes';
import { startRegistry } from './server';
import { setUpNotice } from './sign-in/set-up-notice';
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
  const lines = [
    `Social Reuse Registry, command API: ${registry.url}/api/v1/assets${registry.signIn ? '' : ' (nobody signs in: from this machine only)'}`,
    `  Back office: ${registry.url}/office`,
    ...(registry.signIn ? setUpNotice(registry.signIn, settings.door?.publicUrl ?? registry.url) : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
});
