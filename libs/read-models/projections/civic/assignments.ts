import { endingOn, termOf } from '#domain';
import type { Entry, History, LegalDate, Term } from '#domain';

/**
 * What an asset's entries say of those who were to hold it: a proposal, its decision, and the agreement that came of it. `status` is that of the domain
 * (`proposed`, `approved`, `rejected`, `signed`, `lapsed`).
 */
export interface Assigned {
  /** The entry that proposed it. */
  readonly proposal: string;
  readonly organisation: string;
  readonly name: string;
  readonly status: 'proposed' | 'approved' | 'rejected' | 'signed' | 'lapsed';
  readonly call?: string;
  readonly proposedOn: LegalDate | null;
  readonly agreement?: AgreementLife;
}

/** The life of an agreement. */
export interface AgreementLife {
  /** The entry that recorded the signing. */
  readonly id: string;
  readonly signedOn: LegalDate | null;
  readonly object: string;
  readonly from: LegalDate;
  readonly to: LegalDate;
  readonly terms: readonly Term[];
  readonly renewals: number;
  readonly suspended: boolean;
  readonly handedOver?: { readonly on: LegalDate | null };
  readonly returned?: { readonly on: LegalDate | null };
  readonly ended?: { readonly on: LegalDate | null; readonly cause: string; readonly reason?: string };
}

/** The entries of a dossier that can change who holds the asset. */
export const assigning: ReadonlySet<string> = new Set([
  'AssignmentProposed', 'AssignmentApproved', 'AssignmentRejected', 'AgreementSigned', 'AssetHandedOver', 'AgreementAmended', 'AgreementRenewed',
  'AgreementSuspended', 'AgreementResumed', 'AgreementTerminated', 'AssetReturnedByAssignee', 'DestinationRevoked',
]); // prettier-ignore

interface Book {
  readonly assigned: readonly Assigned[];
  /** The proposal whose agreement is in force. */
  readonly inForce?: string;
  /** The proposal whose agreement put the asset into somebody's hands. */
  readonly inHands?: string;
}

/** Who was to hold, holds and held the asset, in the order of the proposals. */
export const assignedIn = (history: History): readonly Assigned[] =>
  history.reduce<Book>(after, { assigned: [] }).assigned;

interface Data {
  readonly proposal: string;
  readonly organisation: string;
  readonly name: string;
  readonly call?: string;
  readonly object?: string;
  readonly act?: { readonly number?: string; readonly date?: LegalDate };
  readonly from: LegalDate;
  readonly to?: LegalDate;
  readonly cause: string;
  readonly reason?: string;
}

const with_ = (book: Book, proposal: string | undefined, change: (each: Assigned) => Assigned): Book => ({
  ...book,
  assigned: book.assigned.map((each) => (each.proposal === proposal ? change(each) : each)),
});

const living = (book: Book, proposal: string | undefined, change: (life: AgreementLife) => Partial<AgreementLife>): Book =>
  with_(book, proposal, (each) =>
    each.agreement ? { ...each, agreement: { ...each.agreement, ...change(each.agreement) } } : each,
  ); // prettier-ignore

function after(book: Book, entry: Entry): Book {
  const { id, type, occurredOn: on } = entry;
  const data = entry.data as unknown as Data;
  switch (type) {
    case 'AssignmentProposed':
      return { ...book, assigned: [...book.assigned, proposed(entry, data)] };
    case 'AssignmentApproved':
      return with_(book, data.proposal, (each) => ({ ...each, status: 'approved' }));
    case 'AssignmentRejected':
      return with_(book, data.proposal, (each) => ({ ...each, status: 'rejected' }));
    case 'AgreementSigned': {
      const { proposal, organisation, name, object = '', from, to = '' } = data;
      const agreement = {
        id,
        signedOn: on,
        object,
        from,
        to,
        terms: [termOf(id, { ...data, to })],
        renewals: 0,
        suspended: false,
      };
      const signed = with_(book, proposal, (each) => ({ ...each, organisation, name, status: 'signed', agreement }));
      return { ...signed, inForce: proposal };
    }
    case 'AssetHandedOver': {
      if (book.inForce === undefined) return book;
      return { ...living(book, book.inForce, () => ({ handedOver: { on } })), inHands: book.inForce };
    }
    case 'AgreementAmended':
      return living(book, book.inForce, ({ object, to, terms }) => ({
        object: data.object ?? object,
        to: data.to ?? to,
        ...(data.to !== undefined && { terms: endingOn(terms, data.to) }),
      }));
    case 'AgreementRenewed':
      return living(renamed(book, data.name), book.inForce, ({ renewals, to, terms }) => ({
        from: data.from,
        to: data.to ?? to,
        terms: [...terms, termOf(id, { ...data, to: data.to ?? to })],
        renewals: renewals + 1,
      }));
    case 'AgreementSuspended':
      return living(book, book.inForce, () => ({ suspended: true }));
    case 'AgreementResumed':
      return living(book, book.inForce, () => ({ suspended: false }));
    case 'AgreementTerminated': {
      const { cause, reason } = data;
      const ended = { on, cause, ...(reason !== undefined && { reason }) };
      const { inForce: _, ...rest } = living(book, book.inForce, () => ({ ended }));
      return rest;
    }
    case 'AssetReturnedByAssignee': {
      const { inHands: _, ...rest } = living(book, book.inHands, () => ({ returned: { on } }));
      return rest;
    }
    case 'DestinationRevoked':
      return { ...book, assigned: book.assigned.map(lapsed) };
    default:
      return book;
  }
}

function proposed({ id, occurredOn }: Entry, { organisation, name, call }: Data): Assigned {
  const from = call === undefined ? {} : { call };
  return { proposal: id, organisation, name, status: 'proposed', ...from, proposedOn: occurredOn };
}

const renamed = (book: Book, name: string): Book => with_(book, book.inForce, (each) => ({ ...each, name }));

const lapsed = (each: Assigned): Assigned =>
  each.status === 'proposed' || each.status === 'approved' ? { ...each, status: 'lapsed' } : each;
