import 'reflect-metadata';
import { EventStoreError } from '#event-store';
import { ReadDatabaseError } from '#read-models';
import { WrongSetting, settingsFromEnv } from './settings';
import { fillWithSample } from './sample';
import { startSystem } from './system';

/** What `npm start` runs: the whole system on the embedded default. */
async function main(): Promise<void> {
  const settings = settingsFromEnv(process.env);
  const system = await startSystem(settings, process.env);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`Social Reuse Registry, profile ${settings.profile.code}, data in ${settings.dataFolder}`);
  say(`  Pages   ${system.url}/`);
  say(`  API     ${system.url}/api/v1/assets   (commands: from this machine only, until sign-in arrives)`);
  say(`  Health  ${system.url}/health/ready`);
  if (settings.sample) await fillWithSample(system, settings, say);
  say('Ctrl-C stops it.');

  let stopping = false;
  const stop = (): void => {
    // A second Ctrl-C means it.
    if (stopping) process.exit(130);
    stopping = true;
    say('Stopping …');
    system.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** One sentence for what an operator can mend; the whole error for what only we can. */
function fail(error: unknown): void {
  const known = error instanceof WrongSetting || error instanceof EventStoreError || error instanceof ReadDatabaseError;
  process.stderr.write(known ? `${error.message}\n` : `${inWords(error)}\n`);
  process.exit(1);
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Another program listens there; stop it, or set REGISTRY_PORT to another port.`;
  }
  return error.stack ?? error.message;
}

main().catch(fail);
