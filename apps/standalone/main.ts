import 'reflect-metadata';
import { run } from '#process';
import { setUpNotice } from '../registry/sign-in/set-up-notice';
import { settingsFromEnv } from './settings';
import { fillWithSample } from './sample';
import { startSystem } from './system';

/** What `npm start` runs: the whole system on the embedded default. */
run(async (handOver) => {
  const settings = settingsFromEnv(process.env);
  const system = await startSystem(settings, process.env);
  handOver(system);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`Social Reuse Registry, profile ${settings.profile.code}, data in ${settings.dataFolder}`);
  say(`  Pages   ${system.url}/`);
  const only = system.signIn ? '' : '   (nobody signs in: from this machine only)';
  say(`  Office  ${system.url}/office${only}`);
  say(`  API     ${system.url}/api/v1/assets${only && '   (commands: from this machine only)'}`);
  say(`  API described (OpenAPI)  ${system.url}/api/v1/openapi.json`);
  say(`  Health  ${system.url}/health/ready`);
  if (system.signIn) setUpNotice(system.signIn, settings.door?.publicUrl ?? system.url).forEach(say);
  if (settings.sample) await fillWithSample(system, settings, say);
  say('Ctrl-C stops it.');
});
