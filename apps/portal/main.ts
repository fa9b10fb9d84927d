import 'reflect-metadata';
import { inWorkers, isWorker, run, urlOf } from '#process';
import { readDatabaseSettingsFromEnv } from '#read-models';
import { startPortal } from './server';
import { portalSettingsFromEnv } from './settings';

/** Runs the public side alone: it is given the read database and knows of no other. In as many processes as the settings say, which share nothing but the port. */
run(async (handOver) => {
  const settings = portalSettingsFromEnv(process.env);
  if (settings.processes > 1 && !isWorker()) {
    inWorkers(settings.processes, (port) => say(urlOf(settings.where.host, port)));
    return;
  }
  const portal = await startPortal(settings, readDatabaseSettingsFromEnv(process.env, settings.dataFolder));
  handOver(portal);
  if (!isWorker()) say(portal.url);
});

const say = (url: string): void => void process.stdout.write(`Social Reuse Registry, public pages: ${url}/\n`);
