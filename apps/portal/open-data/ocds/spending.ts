import { moneyTrail } from '#domain';
import type { MoneyLine, TracedAllocation, TracedCommitment } from '#domain';
import type { AssetPage, TimelineEntry } from '#read-models';
import { decimal } from '#web';
import { minorDigits } from '../../api/resources';
import { ocidOf } from './package';
import type { Issuer, Json, OcdsRecord, Release, Said } from './package';

/** Public spending on an asset as contracting processes: one for each commitment, from the award to the last payment. */
export function spendingRecords({ inForce, entries }: AssetPage, issuer: Issuer): OcdsRecord[] {
  const { lines, allocations } = moneyTrail(inForce);
  const written = new Map(entries.map((entry) => [entry.id, entry]));
  return allocations.flatMap((allocation) =>
    allocation.commitments.map((commitment) => {
      const mine = lines.filter((line) => line.commitment === commitment.id && written.has(line.entry));
      // In the order in which they were recorded, which is that of releases; a late entry comes last, whatever its date.
      const recorded = [...mine].sort((one, other) => placeIn(written, one) - placeIn(written, other));
      const process = processOf(allocation, commitment, recorded, written.get(commitment.id)?.agency ?? '');
      return {
        ocid: ocidOf(issuer, 'commitment', commitment.id),
        language: issuer.language,
        releases: releasesOf(process, recorded, written),
        compiled: compiledOf(process, recorded),
      };
    }),
  );
}

interface Process {
  readonly allocation: TracedAllocation;
  readonly commitment: TracedCommitment;
  readonly promised: number;
  readonly buyer: { readonly id: string; readonly name: string };
  readonly supplier: { readonly id: string; readonly name: string };
}

const placeIn = (written: ReadonlyMap<string, TimelineEntry>, { entry }: MoneyLine): number =>
  written.get(entry)?.position ?? 0;

function processOf(
  allocation: TracedAllocation,
  commitment: TracedCommitment,
  lines: readonly MoneyLine[],
  agency: string,
): Process {
  const { supplier } = commitment;
  const [identifier] = supplier.identifiers ?? [];
  const id = supplier.organisation ?? (identifier ? `${identifier.scheme}-${identifier.id}` : supplier.name);
  return {
    allocation,
    commitment,
    promised: lines.find(({ type }) => type === 'ExpenditureCommitted')?.minor ?? 0,
    buyer: { id: agency, name: agency },
    supplier: { id, name: supplier.name },
  };
}

/** Whole units of the currency, as OCDS writes amounts. */
const valueOf = (minor: number, currency: string): Json => ({
  amount: Number(decimal(minor, minorDigits(currency))),
  currency,
});
const dayOf = (on: string | null): string | undefined => (on === null ? undefined : `${on}T00:00:00Z`);

/** How the supplier was chosen, by the codes of OCDS. */
const methods: Readonly<Record<string, string>> = {
  open: 'open',
  restricted: 'selective',
  negotiated: 'limited',
  'direct-award': 'direct',
  'in-house': 'direct',
};

/** What holds from the award on. */
function awarded({ allocation, commitment, promised, buyer, supplier }: Process): Said {
  const { id, procedure, contract, subject, on } = commitment;
  const { source, programme, projectCode, currency } = allocation;
  const method = methods[procedure];
  const title = subject ?? undefined;
  return {
    buyer,
    parties: [
      { ...buyer, roles: ['buyer', 'payer'] },
      { ...supplier, roles: ['supplier', 'payee'] },
    ],
    planning: {
      budget: {
        id: allocation.id,
        description: programme ?? source,
        ...(projectCode !== null && { projectID: projectCode }),
      },
    },
    tender: {
      id: contract,
      ...(title && { title }),
      status: 'complete',
      ...(method && { procurementMethod: method }),
      procurementMethodDetails: procedure,
    },
    awards: [
      {
        id,
        ...(title && { title }),
        status: 'active',
        date: dayOf(on),
        value: valueOf(promised, currency),
        suppliers: [supplier],
      },
    ],
  };
}

/** The contract as far as one thing changes it. */
const contract = ({ commitment }: Process, changed: Said): Said => ({
  contracts: [{ id: commitment.id, awardID: commitment.id, ...changed }],
});

const signed = ({ commitment: { subject, on } }: Process, value: Json): Said => ({
  ...(subject !== null && { title: subject }),
  status: 'active',
  dateSigned: dayOf(on),
  value,
});

function releasesOf(
  process: Process,
  lines: readonly MoneyLine[],
  written: ReadonlyMap<string, TimelineEntry>,
): Release[] {
  let promised = 0;
  return lines.flatMap((line): Release[] => {
    const { entry, type, minor, currency, from } = line;
    const release = (tag: string, says: Said): Release => ({
      id: entry,
      date: written.get(entry)!.recordedAt,
      tag,
      says,
    });
    if (type === 'ExpenditureCommitted' || type === 'CommitmentReduced') {
      promised += from === 'available' ? minor : -minor;
      const value = valueOf(promised, currency);
      return type === 'ExpenditureCommitted'
        ? [release('contract', { ...awarded(process), ...contract(process, signed(process, value)) })]
        : [release('contractAmendment', contract(process, { value }))];
    }
    const transaction = transactionOf(process, line);
    return transaction
      ? [release('implementation', contract(process, { implementation: { transactions: [transaction] } }))]
      : [];
  });
}

/** Money that changes hands: a payment, or what came back of one. Approvals move none. */
function transactionOf(
  { buyer, supplier }: Process,
  { entry, type, minor, currency, occurredOn }: MoneyLine,
): Said | undefined {
  if (type !== 'PaymentMade' && type !== 'PaymentReversed') return undefined;
  const [payer, payee] = type === 'PaymentMade' ? [buyer, supplier] : [supplier, buyer];
  return { id: entry, date: dayOf(occurredOn), value: valueOf(minor, currency), payer, payee };
}

/** From the sums of the money trail: what of the contract stands, and every payment. */
function compiledOf(process: Process, lines: readonly MoneyLine[]): Said {
  const { commitment, allocation } = process;
  const transactions = lines.flatMap((line): Said[] => {
    const transaction = transactionOf(process, line);
    return transaction ? [transaction] : [];
  });
  const implementation: Said = transactions.length === 0 ? {} : { implementation: { transactions } };
  const value = valueOf(commitment.committed, allocation.currency);
  return { ...awarded(process), ...contract(process, { ...signed(process, value), ...implementation }) };
} // prettier-ignore
