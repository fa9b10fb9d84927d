import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { dataAddress } from '#web';
import type { BenchSettings } from './main';
import { registerOf, withPortal } from './register';
import type { Measured } from './report';

/** A reader takes so much and then rests, as over a slow line. */
const AT_ONCE = 256 * 1024;
const REST_MS = 5;
const AIM_MIB = 64;

/** How much the portal's memory grows while somebody reads the whole register slowly. Read from /proc, so on Linux alone. */
export async function dumps({ assets, cache }: BenchSettings): Promise<Measured[]> {
  const register = await registerOf(assets, cache);
  return withPortal(register, async (origin, { pid }) => {
    const rows: Measured[] = [];
    for (const format of ['csv', 'json'] as const) {
      const address = origin + dataAddress.assets({}, format);
      // Whatever a first reader brings into memory for good is no growth.
      await readSlowly(address, 8 * AT_ONCE);
      const before = residentMiB(pid);
      let most = before;
      const bytes = await readSlowly(address, Infinity, () => (most = Math.max(most, residentMiB(pid))));
      process.stderr.write(`${format}: ${Math.round(bytes / 2 ** 20)} MiB read\n`);
      rows.push({
        what: `growth of memory while the register is read slowly as ${format.toUpperCase()}`,
        rate: most - before,
        unit: 'MiB',
        against: { name: 'MiB read', rate: bytes / 2 ** 20 },
        aim: { max: AIM_MIB },
      });
    }
    return rows;
  });
}

async function readSlowly(address: string, atMost: number, look: () => void = () => undefined): Promise<number> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => get(address, resolve).on('error', reject));
  let [bytes, sinceRest] = [0, 0];
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    sinceRest += chunk.length;
    if (bytes >= atMost) break;
    if (sinceRest < AT_ONCE) continue;
    sinceRest = 0;
    look();
    await pause(REST_MS);
  }
  if (atMost === Infinity && answer.statusCode !== 200)
    throw new Error(`${address} was answered with ${answer.statusCode}.`);
  return bytes;
}

function residentMiB(pid: number | undefined): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
