import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Actor, AssetId, RefusalCode } from '#domain';
import type { Recorder } from '#recording';
import { noLayout } from './columns';
import type { MappingProfile } from './profile';
import { readRows } from './read-rows';
import type { SourceRow } from './read-rows';
import type { Remark } from './row';
import { rowToCommands } from './row-to-commands';
import type { Mapped } from './row-to-commands';

export interface ImportOptions {
  readonly file: string;
  readonly profile: MappingProfile;
  readonly recorder: Pick<Recorder, 'record'>;
  readonly actor: Actor;
  /** Whether the sender may add to a dossier; to every one where left out. */
  readonly mayAdd?: (asset: AssetId) => Promise<boolean>;
  /** Told after each row how much of the file is done. */
  readonly onProgress?: (done: { readonly rows: number; readonly bytes: number; readonly ofBytes: number }) => void;
  /** Told of each row that was refused or warned about, with the row as it was. */
  readonly onRemark?: (remark: RowRemark, values: readonly string[], header: readonly string[]) => void | Promise<void>;
}

export interface RowRemark extends Remark {
  readonly row: number;
  readonly kind: 'refused' | 'warning';
}

export interface ImportSummary {
  readonly rows: number;
  /** Rows that added something to the log. */
  readonly imported: number;
  /** Rows whose every fact was there already. */
  readonly alreadyThere: number;
  readonly refused: number;
  readonly warned: number;
  readonly events: number;
  readonly seconds: number;
  /** Refused rows and warnings by reason, most first. */
  readonly reasons: readonly { readonly kind: RowRemark['kind']; readonly reason: string; readonly rows: number }[];
}

/** So many rows are under way at once: enough for the log to write them together. */
const IN_FLIGHT = 256;

/** Refusals that mean: the dossier says so already, or says more. A later edition of a file then adds only what is new. */
const alreadySaid: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'already-seized',
  'instance-out-of-order',
  'confiscation-already-final',
  'already-destined',
]);

/**
 * Imports a file row by row. A row's commands are named by what they say, so that an import that was cut off, or the same file again, records nothing
 * twice. Rows that cannot be taken are told of and left out; all others are. Throws ImportError and what the event store throws.
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const began = performance.now();
  const source = await readRows(options.file, options.profile);
  const tally = { rows: 0, imported: 0, alreadyThere: 0, refused: 0, warned: 0, events: 0 };
  const reasons = new Map<string, { kind: RowRemark['kind']; reason: string; rows: number }>();
  const underWay = new Set<Promise<void>>();
  let failure: Error | undefined;

  const remark = async (row: SourceRow, kind: RowRemark['kind'], told: Remark): Promise<void> => {
    const key = `${kind} ${told.column} ${told.reason}`;
    const reason = reasons.get(key) ?? {
      kind,
      reason: told.column === '' ? told.reason : `${told.column}: ${told.reason}`,
      rows: 0,
    };
    reason.rows += 1;
    reasons.set(key, reason);
    await options.onRemark?.({ ...told, row: row.number, kind }, row.values, source.header);
  };
  const take = async (row: SourceRow): Promise<void> => {
    const outcome = await takeRow(row, options);
    tally.rows += 1;
    tally.events += outcome.events;
    if (outcome.refused) tally.refused += 1;
    else if (outcome.events > 0) tally.imported += 1;
    else tally.alreadyThere += 1;
    if (outcome.refused) await remark(row, 'refused', outcome.refused);
    if (outcome.warnings.length > 0) tally.warned += 1;
    for (const warning of outcome.warnings) await remark(row, 'warning', warning);
    options.onProgress?.({ rows: tally.rows, bytes: row.bytes, ofBytes: source.bytes });
  };

  for await (const row of source.rows) {
    const task = take(row)
      .catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => underWay.delete(task));
    underWay.add(task);
    if (underWay.size >= IN_FLIGHT) await Promise.race(underWay);
    if (failure !== undefined) break;
  }
  await Promise.all(underWay);
  if (failure !== undefined) throw failure;
  return {
    ...tally,
    seconds: (performance.now() - began) / 1000,
    reasons: [...reasons.values()].sort((a, b) => b.rows - a.rows),
  };
}

interface Outcome {
  readonly events: number;
  readonly refused?: Remark;
  readonly warnings: readonly Remark[];
}

async function takeRow(row: SourceRow, { file, profile, recorder, actor, mayAdd }: ImportOptions): Promise<Outcome> {
  if (!row.cells) {
    const reason = `The row has ${row.values.length} columns, not as many as the header. Look for a missing quote or separator.`;
    return { events: 0, warnings: [], refused: { column: '', value: '', reason } };
  }
  if (!row.layout) return { events: 0, warnings: [], refused: noLayout(row.cells, profile) };
  const mapped = rowToCommands(row.cells, row.layout, profile);
  if ('refused' in mapped) return { events: 0, warnings: [], refused: mapped.refused };
  if (mayAdd && !(await mayAdd(mapped.asset))) {
    const reason = `Another agency keeps the dossier ${mapped.asset}: ask its officers to import the file.`;
    return {
      events: 0,
      warnings: mapped.warnings,
      refused: { column: row.layout.identity, value: mapped.code, reason },
    };
  }
  const source = { kind: 'import', file: basename(file), row: row.number, digest: digestOf(row.values) } as const;
  const refused = await record(
    mapped,
    (name, content) => ({
      actor,
      source,
      idempotencyKey: `${profile.name}:${name}:${digestOf([content])}`,
      correlationId: `import:${basename(file)}`,
    }),
    recorder,
  );
  return { events: refused.events, warnings: mapped.warnings, ...(refused.remark && { refused: refused.remark }) };
}

async function record(
  { asset, commands, code }: Mapped,
  originOf: (command: string, content: string) => Parameters<Recorder['record']>[2],
  recorder: Pick<Recorder, 'record'>,
): Promise<{ events: number; remark?: Remark }> {
  let events = 0;
  for (const command of commands) {
    const recorded = await recorder.record(`asset-${asset}`, command, originOf(command.name, JSON.stringify(command)));
    if (recorded.kind === 'recorded') events += 1;
    if (recorded.kind === 'refused' && !alreadySaid.has(recorded.refusal.code)) {
      const { message, facts } = recorded.refusal;
      const errors = Array.isArray(facts.errors) ? ` ${JSON.stringify(facts.errors)}` : '';
      return { events, remark: { column: '', value: code, reason: `${command.name}: ${message}${errors}` } };
    }
  }
  return { events };
}

const digestOf = (values: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex');
