import { italy } from '#domain';
import { play, promptBookInMind } from '#scenario';
import { Cast } from '../apps/standalone/scenario/cast';
import { HttpStage } from '../apps/standalone/scenario/http-stage';
import { settingsFromEnv } from '../apps/standalone/settings';
import { startSystem } from '../apps/standalone/system';
import type { System } from '../apps/standalone/system';

export const AGENCY = 'ANBSC';
/** For how long a call is open whose applications are told of, in milliseconds. */
const CALL_OPEN_MS = 120_000;

export interface Played {
  readonly system: System;
  readonly cast: Cast;
  readonly stage: HttpStage;
}

/** How the system is told to run over a world of the bench. */
export const environment = (data: string): Record<string, string> => ({
  REGISTRY_DATA: data,
  REGISTRY_PORT: '0',
  REGISTRY_SAMPLE: 'off',
  REGISTRY_AGENCY: AGENCY,
  // The limit on commands a minute is for strangers; here a few officers are many.
  REGISTRY_COMMANDS_A_MINUTE: '10000000',
});

/** Plays a scenario with entries of every chapter into a data folder, and hands the system to the task before it is closed. */
export async function withPlayed<Result>(
  data: string,
  { dossiers, calls }: { readonly dossiers: number; readonly calls: number },
  task: (played: Played) => Promise<Result>,
): Promise<Result> {
  const env = environment(data);
  const system = await startSystem(settingsFromEnv(env), env);
  try {
    if (!system.signIn) throw new Error('The world of this bench is made by people who sign in.');
    const cast = await Cast.of({ url: system.url, signIn: system.signIn, profile: italy, agency: AGENCY });
    const stage = new HttpStage(system.url, cast, promptBookInMind(), CALL_OPEN_MS);
    await play({
      stage,
      seed: 'bench',
      agency: AGENCY,
      until: '2026-01-31',
      assets: [],
      dossiers,
      organisations: 40,
      groups: 2,
      ...(calls > 0 && { calls: { count: calls, desk: stage } }),
      together: 16,
    });
    await system.projecting.runner.reached(await system.store.head(), 600_000);
    return await task({ system, cast, stage });
  } finally {
    await system.close();
  }
}
