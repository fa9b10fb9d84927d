/** On whose word a fact rests: an act of an authority that the entry names, what an office wrote down, or what the public or an organisation told. */
export const provenances = ['official-act', 'agency-record', 'civic-report'] as const;
export type Provenance = (typeof provenances)[number];

/** What those tell who are no authority: the registry passes it on, and vouches for its having been told alone. */
const told: ReadonlySet<string> = new Set([
  'QuestionAsked',
  'ObservationFiled',
  'ActivityReported',
  'SupportPledged',
  'SupportWithdrawn',
  'BeneficialOwnersDeclared',
  'RecommendationAdopted',
]);

/** Fields by which an entry names the act, or the document, that it rests on. */
export const proofFields = ['act', 'document'] as const;

interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The provenance of an entry, from what the entry itself says: an office that names no act is taken at its own word, whatever the act would
 * have been; who tells something stays who told it, though a document may lie beside it.
 */
export function provenanceOf({ type, data }: Told): Provenance {
  if (told.has(type)) return 'civic-report';
  return proofFields.some((field) => data[field] !== undefined && data[field] !== null)
    ? 'official-act'
    : 'agency-record';
}
