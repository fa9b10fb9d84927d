import type { ColumnRule, Layout, MappingProfile } from './profile';
import { RowRefused, cell } from './row';
import type { Cells, Remark } from './row';

/**
 * Refuses a row with a value that cannot belong to its column: most often cells are missing or too many somewhere, and all that follow
 * stand under the wrong header. Such a row must not be taken, not even its columns that look right. Tells of the first one from the left.
 */
export function checkColumns(cells: Cells, layout: Layout, profile: MappingProfile): void {
  const rules = { ...profile.columns, ...layout.columns };
  for (const [column, value] of Object.entries(cells)) {
    const rule = Object.hasOwn(rules, column) ? rules[column] : undefined;
    if (!rule || belongs(value, rule, profile)) continue;
    const reason = `Not ${rule.what}, so it cannot belong to this column. Look whether the columns of the row are shifted.`;
    throw new RowRefused({ column, value, reason });
  }
}

function belongs(value: string, { mayBeEmpty, oneOf, table, matches }: ColumnRule, profile: MappingProfile): boolean {
  if (value === '') return mayBeEmpty === true;
  if (oneOf && !oneOf.includes(value)) return false;
  if (table !== undefined && !Object.hasOwn(profile.tables[table] ?? {}, value)) return false;
  return matches === undefined || new RegExp(matches, 'iu').test(value);
}

/** Why a row fits none of the layouts that its file's header allows. */
export function noLayout(cells: Cells, { layouts, name }: MappingProfile): Remark {
  const column = layouts.find(({ when }) => when && when.column in cells)?.when?.column ?? '';
  const known = layouts.flatMap(({ when }) => (when?.column === column ? [when.equals] : []));
  const reason = `No layout of the profile "${name}" is for such a row. Known here: ${known.join(', ')}.`;
  return { column, value: cell(cells, column), reason };
}
