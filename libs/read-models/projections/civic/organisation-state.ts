import type { LegalDate, OrganisationKind } from '#domain';
import type { PublicPart } from '#privacy';
import type { Act } from './call-state';
import type { Location } from './group-state';
import { begun, latestOf, opened } from './standing';
import type { Latest } from './standing';

export interface Identifier {
  readonly scheme: string;
  readonly id: string;
}

/** A change of an organisation's standing, as it is public. */
export interface StandingChange {
  readonly id: string;
  readonly type: string;
  readonly on: LegalDate | null;
  readonly reason?: string;
  readonly details?: string;
  readonly checks?: readonly string[];
  readonly act?: Act;
}

/** What an organisation's own entries add up to for everybody. */
export interface OrganisationState extends Latest {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly legalForm?: string;
  readonly legalFormInWords?: string;
  readonly identifiers: readonly Identifier[];
  readonly seat?: Location;
  readonly website?: string;
  readonly aims?: string;
  readonly registeredOn: LegalDate | null;
  readonly owners?: {
    readonly on: LegalDate | null;
    readonly owners: number;
    readonly basis: string;
    readonly shares?: readonly number[];
  };
  /** Present while what was verified is still what the registry says of it. */
  readonly verified?: { readonly on: LegalDate | null };
  readonly suspended?: { readonly on: LegalDate | null; readonly reason: string };
  readonly history: readonly StandingChange[];
}

type Described = Pick<
  OrganisationState,
  'legalForm' | 'legalFormInWords' | 'identifiers' | 'seat' | 'website' | 'aims'
>;
type Registered = Partial<Described> & Pick<OrganisationState, 'kind' | 'name'>;

/** The organisation after one more entry of its own stream. What it says follows from public fields alone. */
export function organisationAfter(
  state: OrganisationState | undefined,
  recorded: PublicPart,
  id: string,
): OrganisationState {
  const { event, data } = opened<Registered>(recorded);
  const on = event.metadata.occurredOn;
  if (event.type === 'OrganisationRegistered') {
    const { kind, name } = data;
    return { ...latestOf(id, event), kind, name, identifiers: [], ...described(data), registeredOn: on, history: [] };
  }
  const organisation = begun(state, recorded);
  return { ...changed(organisation, recorded), ...latestOf(id, event) };
}

function changed(organisation: OrganisationState, recorded: PublicPart): OrganisationState {
  const { event } = opened(recorded);
  const on = event.metadata.occurredOn;
  const noted = (state: OrganisationState): OrganisationState => ({
    ...state,
    history: [...state.history, { ...changeIn(recorded), id: event.id, type: event.type, on }],
  });
  switch (event.type) {
    case 'OrganisationDescribed': {
      const { data } = opened<Partial<Described & Registered>>(recorded);
      const { name, legalForm, identifiers } = data;
      const renewed = { ...organisation, ...(name !== undefined && { name }), ...described(data) };
      // A verification is of the body it saw: under another name, form or code it no longer stands.
      const another = name !== undefined || legalForm !== undefined || identifiers !== undefined;
      return another ? noted(unverified(renewed)) : renewed;
    }
    case 'BeneficialOwnersDeclared': {
      const { data } = opened<Omit<NonNullable<OrganisationState['owners']>, 'on'>>(recorded);
      const { owners, basis, shares } = data;
      return noted({ ...unverified(organisation), owners: { on, owners, basis, ...(shares && { shares }) } });
    }
    case 'OrganisationVerified':
      return noted({ ...organisation, verified: { on } });
    case 'OrganisationSuspended': {
      const { reason } = opened<{ readonly reason: string }>(recorded).data;
      return noted({ ...organisation, suspended: { on, reason } });
    }
    case 'OrganisationReinstated': {
      const { suspended: _, ...reinstated } = organisation;
      return noted(reinstated);
    }
    default:
      return organisation;
  }
}

const unverified = ({ verified: _, ...organisation }: OrganisationState): OrganisationState => organisation;

function changeIn(recorded: PublicPart): Pick<StandingChange, 'reason' | 'details' | 'checks' | 'act'> {
  const { reason, details, checks, act } = opened<Partial<StandingChange>>(recorded).data;
  return {
    ...(reason !== undefined && { reason }),
    ...(details !== undefined && { details }),
    ...(checks && { checks }),
    ...(act && { act }),
  };
}

function described({ legalForm, legalFormInWords, identifiers, seat, website, aims }: Partial<Described>): Partial<Described> {
  return {
    ...(legalForm !== undefined && { legalForm }),
    ...(legalFormInWords !== undefined && { legalFormInWords }),
    ...(identifiers && { identifiers }),
    ...(seat && { seat }),
    ...(website !== undefined && { website }),
    ...(aims !== undefined && { aims }),
  };
} // prettier-ignore

/** Whether an organisation may be given an asset, in one word. */
export const standings = ['verified', 'not-verified', 'suspended'] as const;
export type Standing = (typeof standings)[number];

export const standingOf = ({ verified, suspended }: Pick<OrganisationState, 'verified' | 'suspended'>): Standing =>
  suspended ? 'suspended' : verified ? 'verified' : 'not-verified';
