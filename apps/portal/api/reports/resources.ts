import type { Static } from '@sinclair/typebox';
import { linePieces, milestones, useMeasures } from '#domain';
import type { FlagRule, Provenance, PublicationDuty, UseMeasure, WaitOutcome } from '#domain';
import { measureColumn } from '#read-models';
import type { Row } from '#read-models';
import { decimal } from '#web';
import { minorDigits } from '../resources';
import type { flagSchema } from './schemas/flags';
import type { assignedSchema } from './schemas/assigned';
import type { movementSchema } from './schemas/money';
import type { supportItemSchema } from './schemas/support';
import type { useRecordSchema } from './schemas/use';
import type { waitingLineSchema } from './schemas/waiting';

/** The rows of the chapters' lists as the API gives them: as resources, and as rows of a table. */

export type Movement = Static<typeof movementSchema>;
export type SupportItem = Static<typeof supportItemSchema>;
export type UseRecord = Static<typeof useRecordSchema>;
export type AssignedLine = Static<typeof assignedSchema>;
export type FlagLine = Static<typeof flagSchema>;
export type WaitingLine = Static<typeof waitingLineSchema>;
type TableRow = Readonly<Record<string, string | number | null>>;

const text = (row: Row, name: string): string => String(row[name] ?? '');
/** Null for what is not there: a dimension that is not known is empty in the tables. */
const orNull = (row: Row, name: string): string | null => text(row, name) || null;
const whole = (row: Row, name: string): number => Number(row[name] ?? 0);
const wholeOrNull = (row: Row, name: string): number | null =>
  row[name] === null || row[name] === undefined ? null : Number(row[name]);
const json = <Value>(row: Row, name: string): Value => JSON.parse(text(row, name)) as Value;

const provenanceIn = (row: Row): Provenance => text(row, 'provenance') as Provenance;

const area = (row: Row, name: string) => {
  const code = orNull(row, `${name}_code`);
  return code === null ? null : { code, name: orNull(row, name) };
};

const assetOf = (row: Row) => ({
  asset: text(row, 'asset'),
  kind: text(row, 'kind'),
  category: orNull(row, 'category'),
  subcategory: orNull(row, 'subcategory'),
  title: orNull(row, 'title'),
  location: { region: area(row, 'region'), province: area(row, 'province'), municipality: area(row, 'municipality') },
});

export function movement(row: Row): Movement {
  return {
    ...assetOf(row),
    number: whole(row, 'number'),
    entry: text(row, 'entry'),
    type: text(row, 'type'),
    provenance: provenanceIn(row),
    occurredOn: orNull(row, 'occurred_on'),
    source: orNull(row, 'source'),
    programme: orNull(row, 'programme'),
    projectCode: orNull(row, 'project_code'),
    supplier: orNull(row, 'supplier'),
    allocation: orNull(row, 'allocation'),
    commitment: orNull(row, 'commitment'),
    from: text(row, 'taken_from'),
    to: text(row, 'given_to'),
    amount: { minor: whole(row, 'minor'), currency: text(row, 'currency') },
    after: {
      available: whole(row, 'available'),
      committed: whole(row, 'committed'),
      approved: whole(row, 'approved'),
      paid: whole(row, 'paid'),
    },
  };
}

export function supportItem(row: Row): SupportItem {
  const type = text(row, 'type');
  return {
    ...assetOf(row),
    id: text(row, 'id'),
    type,
    provenance: provenanceIn(row),
    occurredOn: orNull(row, 'occurred_on'),
    form: text(row, 'form'),
    status: text(row, 'status'),
    title: orNull(row, 'subject'),
    supporter: orNull(row, 'supporter'),
    organisation: orNull(row, 'organisation'),
    need: orNull(row, 'need'),
    measure: { value: whole(row, 'value'), scale: whole(row, 'scale'), unit: text(row, 'unit') },
    delivered: deliveredOf(row),
    from: orNull(row, 'from_day'),
    until: orNull(row, 'until_day'),
    screening: row.screening === null ? null : json(row, 'screening'),
    deliveries: whole(row, 'deliveries'),
    conflictWaived: whole(row, 'conflict_waived') === 1,
  };
}

/** What was delivered in its unit, as digits. */
export function deliveredOf(row: Row): string {
  const digits = decimal(BigInt(text(row, 'delivered')), 6);
  return digits.replace(/\.?0+$/, '') || '0';
}

const columnOf = (measure: UseMeasure): string => measureColumn(measure);

export function useRecord(row: Row): UseRecord {
  return {
    ...assetOf(row),
    id: text(row, 'id'),
    type: text(row, 'type'),
    provenance: provenanceIn(row),
    occurredOn: orNull(row, 'occurred_on'),
    from: orNull(row, 'from_day'),
    to: orNull(row, 'to_day'),
    activities: json(row, 'activities'),
    counts: Object.fromEntries(useMeasures.map((measure) => [measure, wholeOrNull(row, columnOf(measure))])),
    found: orNull(row, 'found'),
    details: orNull(row, 'words'),
  };
}

const amount = (row: Row, name: string) => {
  const [minor, currency] = [wholeOrNull(row, `${name}_minor`), orNull(row, `${name}_currency`)];
  return minor === null || currency === null ? null : { minor, currency };
};

export function assignedLine(row: Row): AssignedLine {
  const organisation = orNull(row, 'organisation');
  return {
    ...assetOf(row),
    identifiers: json(row, 'identifiers'),
    value: amount(row, 'value'),
    phase: text(row, 'phase'),
    provenance: provenanceIn(row),
    purpose: orNull(row, 'purpose'),
    recipient: orNull(row, 'recipient'),
    transferredOn: orNull(row, 'transferred_on'),
    held: text(row, 'held'),
    holder: organisation === null ? null : holderOf(row, organisation),
    use: text(row, 'use_standing'),
    reports: whole(row, 'reports'),
    completeness: {
      whole: whole(row, 'completeness'),
      consistency: whole(row, 'consistency_score'),
      destination: whole(row, 'destination_score'),
      use: whole(row, 'use_score'),
      holder: wholeOrNull(row, 'holder_score'),
      missing: linePieces.filter((piece) => text(row, 'missing').split(' ').includes(piece)),
    },
  };
}

const holderOf = (row: Row, organisation: string) => ({
  organisation,
  name: text(row, 'holder'),
  signedOn: orNull(row, 'signed_on'),
  actNumber: orNull(row, 'act_number'),
  actDate: orNull(row, 'act_date'),
  object: text(row, 'object'),
  from: text(row, 'from_day'),
  to: text(row, 'to_day'),
  renewal: renewalOf(row),
  charge: orNull(row, 'charge'),
  fee: amount(row, 'fee'),
});

const renewalOf = (row: Row) => {
  const [from, to] = [orNull(row, 'renewal_from_day'), orNull(row, 'renewal_to_day')];
  if (from === null || to === null) return null;
  return { actNumber: orNull(row, 'renewal_act_number'), actDate: orNull(row, 'renewal_act_date'), from, to };
};

const named = [
  'asset', 'kind', 'category', 'subcategory', 'title', 'region_code', 'region', 'province_code', 'province', 'municipality_code', 'municipality',
] as const; // prettier-ignore

export const movementColumns = [
  ...named, 'number', 'entry', 'type', 'provenance', 'occurred_on', 'source', 'programme', 'project_code', 'supplier', 'allocation', 'commitment',
  'from', 'to', 'amount', 'currency', 'available', 'committed', 'approved', 'paid',
] as const; // prettier-ignore

/** Money as a decimal number of its currency. */
export function movementRow(row: Row): TableRow {
  const digits = minorDigits(text(row, 'currency'));
  const money = (name: string): string => decimal(whole(row, name), digits);
  return {
    ...row,
    from: text(row, 'taken_from'),
    to: text(row, 'given_to'),
    amount: money('minor'),
    ...Object.fromEntries(['available', 'committed', 'approved', 'paid'].map((account) => [account, money(account)])),
  };
}

export const supportColumns = [
  ...named, 'id', 'type', 'provenance', 'occurred_on', 'form', 'status', 'needed', 'supporter', 'organisation', 'need', 'measure', 'unit', 'delivered', 'from_day',
  'until_day', 'deliveries', 'screened_on', 'screening_passed', 'conflict_of_interest', 'ties_to_former_owner', 'beneficial_owners_declared',
  'conflict_waived',
] as const; // prettier-ignore

/** Money in whole units of its currency, anything else in its unit. */
export function supportRow(row: Row): TableRow {
  const item = supportItem(row);
  const { screening } = item;
  const inMoney = item.form === 'money';
  const digits = inMoney ? minorDigits(item.measure.unit) : 0;
  const flag = (value: boolean | undefined): string => (value === undefined ? '' : value ? 'yes' : 'no');
  return {
    ...row,
    needed: item.title,
    measure: decimal(item.measure.value, inMoney ? digits : item.measure.scale),
    delivered: inMoney ? decimal(BigInt(item.delivered), digits) : item.delivered,
    screened_on: screening?.on ?? null,
    screening_passed: flag(screening?.passed),
    conflict_of_interest: flag(screening?.conflictOfInterest),
    ties_to_former_owner: flag(screening?.tiesToFormerOwner),
    beneficial_owners_declared: flag(screening?.beneficialOwnersDeclared),
    conflict_waived: flag(item.type === 'pledge' ? item.conflictWaived : undefined),
  };
}

export const useColumns = [
  ...named, 'id', 'type', 'provenance', 'occurred_on', 'from_day', 'to_day', 'activities', ...useMeasures.map(columnOf), 'found', 'details',
] as const; // prettier-ignore

/** What nobody counted is an empty cell. */
export function useRow(row: Row): TableRow {
  const kinds = json<{ kind: string }[]>(row, 'activities').map(({ kind }) => kind);
  return { ...row, activities: kinds.join(' '), details: orNull(row, 'words') };
}

export const assignedColumns = [
  ...named, 'identifiers', 'value', 'value_currency', 'phase', 'provenance', 'purpose', 'recipient', 'transferred_on', 'held', 'organisation', 'holder', 'signed_on',
  'act_number', 'act_date', 'object', 'from_day', 'to_day', 'renewal_act_number', 'renewal_act_date', 'renewal_from_day', 'renewal_to_day', 'charge', 'fee', 'fee_currency', 'use_standing', 'reports', 'completeness',
  'consistency_score', 'destination_score', 'use_score', 'holder_score', 'missing',
] as const; // prettier-ignore

export function assignedRow(row: Row): TableRow {
  const line = assignedLine(row);
  const money = (amount: { minor: number; currency: string } | null): string | null =>
    amount && decimal(amount.minor, minorDigits(amount.currency));
  return {
    ...row,
    identifiers: line.identifiers.map(({ scheme, id }) => `${scheme}:${id}`).join('; '),
    value: money(line.value),
    fee: money(line.holder?.fee ?? null),
  };
}

const waitColumn = { destined: 'destined', assigned: 'assigned', 'in-use': 'in_use' } as const;

export function waitingLine(row: Row): WaitingLine {
  const wait = (column: string) => ({
    outcome: text(row, column) as WaitOutcome,
    on: orNull(row, `${column}_on`),
    days: wholeOrNull(row, `${column}_days`),
  });
  const { destined, assigned, 'in-use': inUse } = waitColumn;
  return {
    ...assetOf(row),
    finalOn: orNull(row, 'final_on'),
    leftAs: orNull(row, 'left_as'),
    waits: { destined: wait(destined), assigned: wait(assigned), 'in-use': wait(inUse) },
  };
}

export const waitingColumns = [
  ...named, 'final_on', 'left_as', ...milestones.flatMap((each) => [waitColumn[each], `${waitColumn[each]}_on`, `${waitColumn[each]}_days`]),
] as const; // prettier-ignore
export const waitingRow = (row: Row): TableRow => row;

export function flagLine(row: Row): FlagLine {
  const asset = orNull(row, 'asset');
  return {
    ...assetOf(row),
    asset,
    kind: orNull(row, 'kind'),
    subject:
      asset === null
        ? { kind: text(row, 'subject_kind'), id: text(row, 'subject'), name: orNull(row, 'subject_name') }
        : { kind: 'asset', id: asset, name: orNull(row, 'title') },
    rule: text(row, 'rule') as FlagRule,
    entry: text(row, 'entry'),
    provenance: provenanceIn(row),
    on: orNull(row, 'on_day'),
    hitFrom: orNull(row, 'from_day'),
    measure: wholeOrNull(row, 'measure'),
    outOf: wholeOrNull(row, 'out_of'),
    currency: orNull(row, 'currency'),
    party: orNull(row, 'party'),
    organisation: orNull(row, 'organisation'),
    authority: orNull(row, 'authority'),
    duty: orNull(row, 'duty') as PublicationDuty | null,
  };
}

export const flagColumns = [
  ...named, 'subject_kind', 'subject', 'subject_name', 'rule', 'duty', 'entry', 'provenance', 'on_day', 'from_day', 'measure', 'out_of', 'currency', 'party',
  'organisation', 'authority',
] as const; // prettier-ignore

export function flagRow(row: Row): TableRow {
  const { subject } = flagLine(row);
  return { ...row, subject_kind: subject.kind, subject: subject.id, subject_name: subject.name };
}
