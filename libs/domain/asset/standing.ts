import type { LegalDate } from '../event';
import type { Asset, Phase } from './asset';
import type { Entry } from './act';

/** What the register and its reports say of an asset beside its phase. */

/** The code under which those are found of which no source says it; no official code of an area, kind or phase is a word of this length. */
export const NOT_STATED = 'not-stated';

export const useStandings = ['in-use', 'not-in-use', 'not-stated'] as const;
/** `in-use`: somebody recorded that the use began; `not-in-use`: it ended or was found not to be; `not-stated`: nobody said. */
export type UseStanding = (typeof useStandings)[number];

/** Whether an asset is used; `foundUnused` is asked only where no use was ever recorded. */
export function useStandingOf({ use }: Pick<Asset, 'use'>, foundUnused: () => boolean): UseStanding {
  if (use) return use.current ? 'in-use' : 'not-in-use';
  return foundUnused() ? 'not-in-use' : 'not-stated';
}

/** An entry that says that nobody uses the asset. */
export const findsUnused = ({ type, data }: Entry): boolean =>
  type === 'NonUseEstablished' || data.found === 'not-used';

const idlePhases: ReadonlySet<Phase> = new Set<Phase>(['confiscated-final', 'available', 'destined', 'transferred']);

/**
 * Since when an asset that was confiscated for good has stayed in one phase without being assigned or used; null where it has not, or no source says since
 * when.
 */
export const idleSince = ({
  final,
  phase,
  phaseSince,
}: Pick<Asset, 'final' | 'phase' | 'phaseSince'>): LegalDate | null =>
  final && idlePhases.has(phase) ? phaseSince : null;

/**
 * Who answers for an asset: `organisation`, the holder of the agreement in force; `body`, the one it was handed over to, or the State that kept it; before that whoever was appointed, by their
 * office alone, for those in office are persons. Nothing is taken from the law: where nobody was recorded, nobody is said.
 */
export const managerKinds = [
  'organisation', 'body', 'agency', 'judicial-administrator', 'coadjutor', 'custodian',
] as const; // prettier-ignore
export type ManagerKind = (typeof managerKinds)[number];

export interface Manager {
  readonly kind: ManagerKind;
  /** The name recorded for an organisation or a body; null for an office. */
  readonly name: string | null;
  /** Registry id of an organisation. */
  readonly organisation: string | null;
}

/** Who answers for an asset now; undefined where nobody was recorded, and for one that has left. */
export function managerOf({ left, agreement, transfer, administrator }: Asset): Manager | undefined {
  if (left && left.as !== 'kept-by-state') return undefined;
  if (agreement) return { kind: 'organisation', name: agreement.name, organisation: agreement.organisation };
  if (transfer) return { kind: 'body', name: transfer.to || null, organisation: null };
  const kind = managerKinds.find((office) => office === administrator?.office);
  return kind && { kind, name: null, organisation: null };
}
