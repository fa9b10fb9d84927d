import type { ComponentChildren } from 'preact';
import { provenanceOf } from '#domain';
import type { LegalDate } from '#domain';
import { SourceMark } from '../../elements/source-tag';
import { useWords } from '../../language/speaking';
import type { DossierAtMoment, PublicEntry } from '../dossier';

/** Finds an entry in the timeline of the same page by its id. */
export type PlaceOf = (entry: string) => PublicEntry | undefined;

export function placesIn({ entries }: Pick<DossierAtMoment, 'entries'>): PlaceOf {
  const places = new Map(entries.map((entry) => [entry.id, entry]));
  return (entry) => places.get(entry);
}

interface EntryLinkProps {
  readonly entry: string;
  readonly places: PlaceOf;
  readonly children: ComponentChildren;
}

/** Words that lead to the entry they rest on, with the mark of its provenance. */
export function EntryLink({ entry, places, children }: EntryLinkProps) {
  const found = places(entry);
  if (!found) return <>{children}</>;
  return (
    <>
      <a href={`#entry-${found.revision}`}>{children}</a> <SourceMark of={provenanceOf(found)} />
    </>
  );
}

/** The day of an entry, leading to it; there it stands for machines too. */
export function EntryDay({ entry, on, places }: Omit<EntryLinkProps, 'children'> & { readonly on: LegalDate | null }) {
  const words = useWords();
  return (
    <EntryLink entry={entry} places={places}>
      {on === null ? words.t('reports.noDate') : words.day(on)}
    </EntryLink>
  );
}
