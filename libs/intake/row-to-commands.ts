import type { Command, AssetId, JsonObject, JsonValue, LegalDate } from '#domain';
import { assetIdFrom, isLegalDate, textFlaw, tidied } from '#domain';
import { checkColumns } from './columns';
import { positionOf } from './position';
import type { Layout, MappingProfile, Step, ValueSource } from './profile';
import { RowRefused, cell, joined } from './row';
import type { Cells, Remark } from './row';

/** What a row proves about an asset. */
export interface Mapped {
  readonly asset: AssetId;
  readonly code: string;
  readonly commands: readonly Command[];
  readonly warnings: readonly Remark[];
}

export type MappedRow = Mapped | { readonly refused: Remark };

/** Reads a row by its layout. Pure; never invents a date: where the source gives a stage without one, `occurredOn` is null. */
export function rowToCommands(raw: Cells, layout: Layout, profile: MappingProfile): MappedRow {
  const { cells, warnings } = inPlainText(raw);
  try {
    const code = cell(cells, layout.identity);
    if (code === '') refuse(layout.identity, '', 'The row has no code, so nobody could tell which asset it is about.');
    checkColumns(cells, layout, profile);
    for (const check of layout.checks ?? []) checked(cells, check);
    for (const column of layout.warnIfEmpty ?? []) {
      if (cell(cells, column) === '') warnings.push({ column, value: '', reason: 'Empty; left out.' });
    }
    const steps = [...layout.steps, ...stageSteps(cells, layout, warnings), ...(layout.after ?? [])];
    const identifiers = identifiersOf(cells, layout, profile, code);
    const commands = steps
      .flatMap((step) => commandOf(step, cells, profile, warnings) ?? [])
      .map((command) =>
        command.name === 'record-seizure' ? { ...command, data: { ...command.data, identifiers } } : command,
      );
    return { asset: assetIdFrom(profile.country, profile.scheme, code), code, commands, warnings };
  } catch (error) {
    if (error instanceof RowRefused) return { refused: error.remark };
    throw error;
  }
}

/**
 * The cells as the log keeps text: without blanks at the ends, every run of blanks (also the non-breaking ones) as one. A row is not lost
 * for a character nobody sees; that it had one is told.
 */
function inPlainText(raw: Cells): { cells: Cells; warnings: Remark[] } {
  const warnings: Remark[] = [];
  const plain = Object.entries(raw).map(([column, value]) => {
    const flaw = textFlaw(value.replace(/[^\S\ufeff]+/gu, ' ').trim(), 'one');
    if (flaw?.kind === 'invisible') {
      warnings.push({ column, value, reason: `Held ${flaw.codePoint}, which cannot be seen; left out.` });
    } else if (flaw) {
      warnings.push({ column, value, reason: 'Had accents apart from their letters; put together (Unicode NFC).' });
    }
    return [column, tidied(value, 'one')] as const;
  });
  return { cells: Object.fromEntries(plain), warnings };
}

function identifiersOf(cells: Cells, layout: Layout, { scheme }: MappingProfile, code: string): JsonObject[] {
  const others = Object.entries(layout.identifiers ?? {}).map(([column, other]) => ({
    scheme: other,
    id: cell(cells, column),
  }));
  return [{ scheme, id: code }, ...others.filter(({ id }) => id !== '')];
}

function stageSteps(cells: Cells, { stages }: Layout, warnings: Remark[]): readonly Step[] {
  if (!stages) return [];
  const { column, words } = stages;
  const value = cell(cells, column);
  const stage = Object.hasOwn(words, value) ? words[value] : undefined;
  if (!stage)
    refuse(
      column,
      value,
      `Unknown stage. Known: ${Object.keys(words)
        .filter((word) => word !== '')
        .join(', ')}.`,
    );
  if (stage.warning !== undefined) warnings.push({ column, value, reason: stage.warning });
  return stage.steps;
}

function commandOf(step: Step, cells: Cells, profile: MappingProfile, warnings: Remark[]): Command | undefined {
  if (tooLittle(step, cells, warnings)) return undefined;
  const date = step.occurredOn === undefined ? null : valueOf(step.occurredOn, cells, profile, warnings);
  let data: JsonObject = {};
  for (const [path, source] of Object.entries(step.data)) {
    const value = valueOf(source, cells, profile, warnings);
    if (value !== undefined) data = put(data, path.split('.'), value);
  }
  if (step.onlyWithData && Object.keys(data).length === 0) return undefined;
  return { name: step.command, occurredOn: typeof date === 'string' ? date : null, data: whole(data) };
}

/** Whether the row says too little for a step; then it says so. */
function tooLittle({ unless }: Step, cells: Cells, warnings: Remark[]): boolean {
  if (!unless) return false;
  const value = joined(cells, unless.columns);
  const reason = Object.hasOwn(unless.words, value) ? unless.words[value] : undefined;
  if (reason !== undefined) warnings.push({ column: unless.columns.join(' + '), value, reason });
  return reason !== undefined;
}

function valueOf(
  source: ValueSource,
  cells: Cells,
  profile: MappingProfile,
  warnings: Remark[],
): JsonValue | undefined {
  if (source.position) return positionOf(source.position, cells, profile, warnings) as JsonValue | undefined;
  const columns = source.columns ?? (source.column === undefined ? [] : [source.column]);
  if (columns.length === 0) return source.constant as JsonValue;
  const [column, value] = [columns.join(' + '), joined(cells, columns)];
  if (value === '' || source.not?.includes(value)) return undefined;
  if (source.table !== undefined) {
    const table = profile.tables[source.table] ?? {};
    if (!Object.hasOwn(table, value))
      refuse(column, value, `Not in the list "${source.table}" of this profile. Add it there, or correct the cell.`);
    return table[value];
  }
  if (source.as === 'percent') return percent(column, value, warnings);
  if (source.as === 'date-dmy') return dateFrom(column, value);
  return spelled(value, source.spelling);
}

const spelled = (value: string, words: ValueSource['spelling'] = {}): string =>
  Object.hasOwn(words, value) ? (words[value] ?? value) : value;

function percent(column: string, value: string, warnings: Remark[]): number | undefined {
  const share = Number(value.replace(',', '.'));
  if (!/^\d{1,3}([.,]\d{1,6})?$/.test(value) || share > 100)
    refuse(column, value, 'Not a share between 0 and 100 percent.');
  if (share > 0) return share;
  warnings.push({ column, value, reason: 'A share of 0 says nothing; left out.' });
  return undefined;
}

function dateFrom(column: string, value: string): LegalDate {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value) ?? [];
  const date = `${year}-${month}-${day}`;
  if (!isLegalDate(date)) refuse(column, value, 'Not a date that exists, written dd/mm/yyyy.');
  return date;
}

function checked(cells: Cells, check: NonNullable<Layout['checks']>[number]): void {
  const year = dateFrom(check.date, cell(cells, check.date)).slice(0, 4);
  if (check.check === 'year-of-date') {
    const value = cell(cells, check.year);
    if (value !== year)
      refuse(check.year, value, `The year differs from that of the date (${cell(cells, check.date)}).`);
    return;
  }
  const value = cell(cells, check.proceeding);
  const opened = /\/(\d{4})$/.exec(value)?.[1];
  if (opened !== undefined && opened > year) {
    refuse(
      check.date,
      `${cell(cells, check.date)}, proceeding ${value}`,
      'The decree is older than its proceeding. One of the two is wrong.',
    );
  }
}

function refuse(column: string, value: string, reason: string): never {
  throw new RowRefused({ column, value, reason });
}

function put(data: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...data, [name]: value };
  const inner = data[name];
  return {
    ...data,
    [name]: put(
      typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : {},
      rest,
      value,
    ),
  };
}

/** Drops areas of a place that have a name or a code alone, for each needs both. */
function whole(data: JsonObject): JsonObject {
  const place = data.location;
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return data;
  const complete = Object.entries(place as JsonObject).filter(
    ([, area]) => typeof area !== 'object' || (area !== null && 'code' in area && 'name' in area),
  );
  return { ...data, location: Object.fromEntries(complete) };
}
