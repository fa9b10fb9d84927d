import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { LegalDate, Profile } from '#domain';
import type { EventStore } from '#event-store';
import { SettingsReader, profileFrom } from '#process';
import { forgetDay, keptDays, knownDaysFolderFrom, logBy, makeDay, readDatabaseSettingsFromEnv } from '#read-models';
import type { KeptDay } from '#read-models';
import { WrongRequest } from './log';
import { DRIFT, date } from './terminal';
import type { Terminal } from './terminal';

/** Where nothing else tells: so many bytes an entry of the log takes in the read models, roughly (docs/decisions/038). */
const BYTES_AN_ENTRY = 1700;

/** Days of knowledge: of which every report can be asked as it was known at their end. */
export function addKnownDaysCommand(program: Command, terminal: Terminal): void {
  program
    .command('known-at')
    .description('keep what was known at the end of a day, so that every report can be asked for it; while everything runs, and again after an interruption it goes on. Without a day: which are kept')
    .argument('[days...]', 'days that are over (UTC), as YYYY-MM-DD')
    .option('--remove', 'forget these days instead')
    .action(async (days: string[], { remove = false }: { remove?: boolean }) => {
      const folder = knownDaysFolderFrom(process.env, terminal.data);
      const asked = [...new Set(days.map(dayOr))].sort();
      if (remove) await forget(folder, asked, terminal);
      else if (asked.length > 0) await terminal.reading((store) => make(store, folder, asked, terminal));
      if (asked.length === 0 || terminal.json) await list(folder, terminal);
    }); // prettier-ignore
}

const profileOf = (): Profile => profileFrom(new SettingsReader(process.env));

function dayOr(text: string): LegalDate {
  try {
    return date(text);
  } catch (error) {
    throw new WrongRequest(`"${text}" is no day. ${error instanceof Error ? error.message : ''}`);
  }
}

async function make(store: EventStore, folder: string, days: readonly LegalDate[], terminal: Terminal): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new WrongRequest('Stopped. The same command goes on from here.'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for (const day of days) {
      if (day < today) await sayHowMuch(store, folder, day, terminal);
      const bar = new SingleBar({ format: `${day} {bar} {percentage}% | {value} of {total} entries`, noTTYOutput: true, notTTYSchedule: 5000 }); // prettier-ignore
      let begun = false;
      try {
        const kept = await makeDay(store, {
          folder,
          day,
          today,
          profile: profileOf(),
          signal: stopping.signal,
          onNotice: (notice) => process.stderr.write(`${notice}\n`),
          onProgress: (entries, of) => {
            if (!begun) bar.start(of, entries);
            begun = true;
            bar.update(entries);
          },
        });
        if (begun) bar.stop();
        if (!terminal.json) terminal.say(lineOf(kept));
      } finally {
        if (begun) bar.stop();
      }
    }
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  }
}

/** What it will take, roughly: by what the read models take now, where they lie in a file, else by what an entry takes elsewhere. */
async function sayHowMuch(store: EventStore, folder: string, day: LegalDate, terminal: Terminal): Promise<void> {
  const { entries } = await logBy(store, day);
  const all = (await store.count()) ?? 0;
  const present = readDatabaseSettingsFromEnv(process.env, terminal.data);
  const size = present.kind === 'sqlite' ? sizeOf(present.path) + sizeOf(`${present.path}-wal`) : 0;
  const each = size > 0 && all > 1000 ? size / all : BYTES_AN_ENTRY;
  const bytes = Math.round(entries * each);
  // Writing everything once more into one piece takes as much again for a moment.
  const free = await freeIn(folder);
  if (free !== undefined && free < 2 * bytes)
    throw new WrongRequest(
      `${day} takes about ${megabytes(bytes)}, twice that while it is made, and where ${folder} lies ${megabytes(free)} are free. Make room, or name another folder with KNOWN_DAYS_FOLDER.`,
    );
  if (!terminal.json)
    terminal.say(`${day}: ${entries} entries by its end; about ${megabytes(bytes)}, twice that while it is made`);
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

async function freeIn(folder: string): Promise<number | undefined> {
  for (let place = folder; ; place = dirname(place)) {
    const found = await statfs(place).catch(() => undefined);
    if (found) return found.bavail * found.bsize;
    if (place === dirname(place)) return undefined;
  }
}

async function forget(folder: string, days: readonly LegalDate[], terminal: Terminal): Promise<void> {
  if (days.length === 0) throw new WrongRequest('Say which days are to be forgotten.');
  for (const day of days) {
    const there = await forgetDay(folder, day);
    if (!terminal.json) terminal.say(there ? `${day}: forgotten` : `${day}: was not kept`);
  }
}

async function list(folder: string, terminal: Terminal): Promise<void> {
  const days = await keptDays(folder, profileOf());
  terminal.show(
    days.map(({ day, path, bytes, note, refused }) => ({ day, path, bytes, ...(note && { position: note.position, entries: note.entries, madeAt: note.madeAt }), ...(refused !== undefined && { refused }) })),
    () => (days.length === 0 ? `No day is kept in ${folder}.` : days.map(lineOf).join('\n')),
  ); // prettier-ignore
  if (days.some(({ refused }) => refused !== undefined)) process.exitCode = DRIFT;
}

const lineOf = ({ day, bytes, note, refused }: KeptDay): string =>
  note
    ? `${day}: ${note.entries} entries, up to position ${note.position}; ${megabytes(bytes)}`
    : `${day}: cannot be used. ${refused}`;

const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1_000_000))} MB`;
