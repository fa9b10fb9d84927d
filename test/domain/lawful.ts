import type { Dossier, Entry, JsonObject, LegalDate } from '#domain';
import { assetEvents, shapeErrors } from '#domain';
import { ofAssignment } from './lawful-assignment';
import { agreementIn, inForce, inUse, is, says, second, since, the, unless } from './history-reading';
import type { Place, Statement } from './history-reading';

/**
 * The law of the dossier said a second time, as statements about a whole history, in ignorance of how decisions are made: what holds of
 * every dossier that came about lawfully. Returns the statements that do not hold.
 */
export function breaches({ history, asset }: Pick<Dossier, 'history' | 'asset'>, today: LegalDate): string[] {
  const places = history.map((entry, place): Place => ({ entry, before: history.slice(0, place) }));
  const found = places.flatMap((place) =>
    Object.entries(ofEachEntry)
      .filter(([, holds]) => !holds(place, today))
      .map(([statement]) => `${place.entry.type} of ${place.entry.occurredOn}: ${statement}`),
  );
  if ((asset === undefined) !== (history.length === 0)) found.push('there is an asset exactly when there is a history');
  if (asset && asset.phase !== phaseFrom(history)) found.push(`the phase is ${phaseFrom(history)}, not ${asset.phase}`);
  if (asset?.transfer && !asset.destination) found.push('a transfer implies a destination');
  if (asset?.final && asset.orders.length === 0) found.push('what is final was ordered');
  if (asset?.destination && !asset.final) {
    const { purpose } = asset.destination;
    const authorised =
      purpose === 'sale' ? asset.saleAuthorised : purpose === 'provisional-use' && asset.provisionalUse;
    if (!authorised) found.push('a destination implies a final confiscation or its authorisation');
  }
  return found;
}

/** The sum of the amounts of all entries of a type that name an entry. */
function sumOf(entries: readonly Entry[], type: string, field: string, id: unknown): bigint {
  return entries
    .filter((entry) => entry.type === type && says(entry, field) === id)
    .reduce((sum, { data }) => sum + BigInt((data.amount as { minor: number }).minor), 0n);
}
const minorOf = ({ data }: Entry): bigint => BigInt((data.amount as { minor: number }).minor);

/** What is left of each step of the money once the next step has taken its part. */
function overdrawn(history: readonly Entry[]): Entry[] {
  const net = (entry: Entry, reduction: string, field: string): bigint =>
    minorOf(entry) - sumOf(history, reduction, field, entry.id);
  const paidBack = (payment: Entry): bigint => sumOf(history, 'PaymentReversed', 'payment', payment.id);
  const approvedOf = (request: Entry): bigint =>
    sumOf(history, 'PaymentApproved', 'request', request.id) -
    history
      .filter((payment) => payment.type === 'PaymentMade' && says(payment, 'request') === request.id)
      .reduce((sum, payment) => sum + paidBack(payment), 0n);
  const all = (type: string, field: string, id: string): Entry[] =>
    history.filter((entry) => entry.type === type && says(entry, field) === id);
  const left: Readonly<Record<string, (entry: Entry) => bigint>> = {
    FundsAllocated: (entry) =>
      net(entry, 'AllocationReduced', 'allocation') -
      all('ExpenditureCommitted', 'allocation', entry.id).reduce(
        (sum, commitment) => sum + net(commitment, 'CommitmentReduced', 'commitment'),
        0n,
      ),
    ExpenditureCommitted: (entry) =>
      net(entry, 'CommitmentReduced', 'commitment') -
      all('PaymentRequested', 'commitment', entry.id).reduce((sum, request) => sum + approvedOf(request), 0n),
    PaymentRequested: (entry) =>
      sumOf(history, 'PaymentApproved', 'request', entry.id) - sumOf(history, 'PaymentMade', 'request', entry.id),
    PaymentMade: (entry) => minorOf(entry) - paidBack(entry),
  };
  return history.filter((entry) => (left[entry.type]?.(entry) ?? 0n) < 0n);
}

/** Ends the asset's life in the registry. */
function isExit(entry: Entry, before: readonly Entry[]): boolean {
  if (is('SeizureRevoked', 'ConfiscationRevoked')(entry)) return says(entry, 'extent') === 'whole';
  if (is('AssetSplit', 'AssetMerged', 'AssetSold', 'AssetDestroyed', 'AssetReturnedToOwner')(entry)) return true;
  if (!is('AssetTransferred')(entry)) return false;
  const purpose = inForce(before)?.data.purpose;
  return purpose === 'institutional' && (says(entry, 'to') as JsonObject).kind === 'state-body';
}

const hasExit = (entries: readonly Entry[]): boolean =>
  entries.some((entry, place) => isExit(entry, entries.slice(0, place)));

const instancesIn = (entries: readonly Entry[]): unknown[] =>
  entries.filter(is('ConfiscationOrdered')).map((entry) => says(entry, 'instance'));

const ofEachEntry: Readonly<Record<string, Statement>> = {
  'has the shape of its type': ({ entry }) =>
    shapeErrors(assetEvents.get(entry.type)!.definition.data, entry.data).length === 0,
  'a seizure comes first, and once (rule 1)': ({ entry, before }) => is('AssetSeized')(entry) === (before.length === 0),
  'nothing follows an exit but proceeds (rule 1)': ({ entry, before }) =>
    is('ProceedsAllocated', 'VictimsCompensated')(entry) || !hasExit(before),
  'nothing lies in the future (rule 2)': ({ entry }, today) => entry.occurredOn === null || entry.occurredOn <= today,
  'nothing is dated before what stands before it, the seizure above all (rule 2)': ({ entry, before }) =>
    entry.occurredOn === null ||
    before.every(({ occurredOn }) => occurredOn === null || occurredOn <= entry.occurredOn!),
  'an order: first, appeal, none after final (rule 3)': ({ entry, before }) =>
    unless(
      is('ConfiscationOrdered')(entry),
      !before.some(is('ConfiscationBecameFinal')) &&
        (instancesIn(before).length === 0 ||
          (says(entry, 'instance') === 'appeal' && !instancesIn(before).includes('appeal'))),
    ),
  'final once, and only what was ordered (rule 3)': ({ entry, before }) =>
    unless(
      is('ConfiscationBecameFinal')(entry),
      before.some(is('ConfiscationOrdered')) && !before.some(is('ConfiscationBecameFinal')),
    ),
  'a seizure is revoked before a confiscation, a confiscation after it (rule 3)': ({ entry, before }) =>
    unless(is('SeizureRevoked')(entry), !before.some(is('ConfiscationOrdered'))) &&
    unless(is('ConfiscationRevoked')(entry), before.some(is('ConfiscationOrdered'))),
  'a destination after the final confiscation, or with its authorisation (rule 4)': ({ entry, before }) => {
    if (!is('DestinationDecided')(entry)) return true;
    const purpose = says(entry, 'purpose');
    if (before.some(is('ConfiscationBecameFinal'))) return purpose !== 'provisional-use';
    if (purpose === 'sale') return before.some(is('InterlocutorySaleAuthorised'));
    return purpose === 'provisional-use' && before.some(is('ProvisionalUseGranted'));
  },
  'one destination at a time, and only that one is revoked (rule 4)': ({ entry, before }) =>
    unless(is('DestinationDecided')(entry), inForce(before) === undefined) &&
    unless(is('DestinationRevoked')(entry), inForce(before) !== undefined),
  'transferred once, by a destination that hands over (rule 4)': ({ entry, before }) => {
    if (!is('AssetTransferred')(entry)) return true;
    const destination = inForce(before);
    const handsOver = ['institutional', 'social', 'economic-for-social', 'free-transfer'];
    return (
      handsOver.includes(String(destination?.data.purpose)) && !since(before, destination).some(is('AssetTransferred'))
    );
  },
  'no authorisation for the time before final after it (rule 4)': ({ entry, before }) =>
    unless(
      is('InterlocutorySaleAuthorised', 'ProvisionalUseGranted')(entry),
      !before.some(is('ConfiscationBecameFinal')),
    ),
  'one administrator at a time, and only that one is discharged': ({ entry, before }) => {
    const inOffice = before.findLast(is('AdministratorAppointed', 'AdministratorDischarged'))?.type;
    return (
      unless(is('AdministratorAppointed')(entry), inOffice !== 'AdministratorAppointed') &&
      unless(is('AdministratorDischarged')(entry), inOffice === 'AdministratorAppointed')
    );
  },
  'a problem is resolved once, after it was recorded': ({ entry, before }) =>
    unless(
      is('ProblemResolved')(entry),
      before.some(({ id, type }) => type === 'ProblemRecorded' && id === says(entry, 'problem')) &&
        !before.some((other) => is('ProblemResolved')(other) && says(other, 'problem') === says(entry, 'problem')),
    ),
  'paid ≤ approved ≤ committed ≤ allocated, and back ≤ paid, at every step (rule 7)': ({ entry, before }) =>
    overdrawn([...before, entry]).length === 0,
  'a payment is approved and a pledge screened by a second person, and a buyer by another than who sells (rule 6)': ({
    entry,
    before,
  }) =>
    unless(
      is('PaymentApproved')(entry),
      second(entry, the(before, 'PaymentRequested', says(entry, 'request'))) &&
        !before.some((other) => is('PaymentApproved')(other) && says(other, 'request') === says(entry, 'request')),
    ) &&
    unless(is('SupportScreened')(entry), second(entry, the(before, 'SupportPledged', says(entry, 'pledge')))) &&
    unless(is('AssetSold')(entry), second(entry, the(before, 'BuyerScreened', says(entry, 'screening')))),
  'no support is accepted before its latest screening passed (rule 8)': ({ entry, before }) => {
    if (!is('SupportAccepted')(entry)) return true;
    const pledge = says(entry, 'pledge');
    const screening = before.findLast((other) => is('SupportScreened')(other) && says(other, 'pledge') === pledge);
    return screening !== undefined && says(screening, 'outcome') === 'passed';
  },
  'a sale is to a buyer without ties, and destined (rules 4 and 10)': ({ entry, before }) => {
    if (!is('AssetSold')(entry)) return true;
    const screening = the(before, 'BuyerScreened', says(entry, 'screening'));
    const purpose = String(inForce(before)?.data.purpose);
    return screening?.data.link === 'none' && ['sale', 'liquidation'].includes(purpose);
  },
  'no day is reported twice': ({ entry, before }) =>
    unless(
      is('ActivityReported')(entry),
      !before.some(
        (other) =>
          is('ActivityReported')(other) &&
          String(says(other, 'from')) <= String(says(entry, 'to')) &&
          String(says(entry, 'from')) <= String(says(other, 'to')),
      ),
    ),
  'a period ends after it begins': ({ entry }) =>
    unless(
      is('ManagementCostRecorded', 'ManagementIncomeRecorded', 'ActivityReported')(entry),
      String(says(entry, 'from')) <= String(says(entry, 'to')),
    ),
  ...ofAssignment,
};

const exitPhases: Readonly<Record<string, string>> = {
  AssetSplit: 'split',
  AssetMerged: 'merged',
  AssetTransferred: 'kept-by-state',
  AssetSold: 'sold',
  AssetDestroyed: 'destroyed',
};

/** The phase as a reader of the whole history would name it. Exits by chapters that are not told here are left to those chapters. */
function phaseFrom(history: readonly Entry[]): string {
  const exit = history.find((entry, place) => isExit(entry, history.slice(0, place)));
  if (exit) return exitPhases[exit.type] ?? 'returned';
  const agreement = agreementIn(history);
  if (agreement) return inUse(history) && !agreement.suspended ? 'in-use' : 'assigned';
  const destination = inForce(history);
  if (destination) {
    if (!since(history, destination).some(is('AssetTransferred'))) return 'destined';
    return inUse(history) ? 'in-use' : 'transferred';
  }
  if (history.some(is('ConfiscationBecameFinal'))) {
    const shown = history.findLast(is('InspectionRecorded', 'DestinationDecided'));
    const ready = shown !== undefined && says(shown, 'readyForDestination') !== false;
    const blocked = history.some(
      ({ id, type, data }) =>
        type === 'ProblemRecorded' &&
        data.blocking === true &&
        !history.some((other) => is('ProblemResolved')(other) && says(other, 'problem') === id),
    );
    return ready && !blocked ? 'available' : 'confiscated-final';
  }
  const instances = instancesIn(history);
  if (instances.length === 0) return 'seized';
  return instances.at(-1) === 'appeal' ? 'confiscated-appeal' : 'confiscated-first';
}
