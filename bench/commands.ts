import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { italy } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { Recorder } from '#recording';
import type { BenchSettings } from './main';
import { officer, streams } from './events';
import { lives } from './lives';
import type { Measured } from './report';
import { medians, side } from './timing';

const WRITERS = 256;
const ASSETS = 15_000;

/** The command path, from the entry to the acknowledged event, against the append alone of the same events. */
export async function commands({ folder }: BenchSettings): Promise<Measured[]> {
  const entered = [...lives(ASSETS)];
  const count = entered.reduce((sum, { commands: entries }) => sum + entries.length, 0);
  const ready = [...streams({ events: count })];
  const events = ready.reduce((sum, stream) => sum + stream.events.length, 0);
  const taken = await medians(3, {
    commands: async () => {
      const store = openEmbeddedLog(join(folder, `${randomUUID()}.sqlite`));
      const recorder = new Recorder(store, { profile: italy });
      return async () => {
        await side(WRITERS, entered, async ({ asset, commands: entries }) => {
          for (const [place, command] of entries.entries()) {
            const origin = {
              actor: officer,
              source: { kind: 'api' } as const,
              idempotencyKey: String(place),
              correlationId: 'bench',
            };
            const recorded = await recorder.record(`asset-${asset}`, command, origin);
            if (recorded.kind !== 'recorded') throw new Error(JSON.stringify({ asset, command, recorded }));
          }
        });
        await store.close();
      };
    },
    appends: async () => {
      const store = openEmbeddedLog(join(folder, `${randomUUID()}.sqlite`));
      return async () => {
        await side(WRITERS, ready, async ({ stream, events: facts }) => {
          for (const [place, event] of facts.entries())
            await store.append(stream, [event], place === 0 ? 'no-stream' : place - 1);
        });
        await store.close();
      };
    },
  });
  const against = { name: 'append alone', rate: events / taken.appends, aim: 0.6 };
  return [{ what: `command path, ${WRITERS} at once`, rate: count / taken.commands, unit: 'commands/s', against }];
}
