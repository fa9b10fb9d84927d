import type { ComponentChildren } from 'preact';
import type { LegalDate } from '#domain';
import { Day } from '../../elements/dates';
import { useWords } from '../../language/speaking';
import type { DossierAtMoment } from '../dossier';

/** Finds the place of an entry in the timeline of the same page by its id. */
export type PlaceOf = (entry: string) => number | undefined;

export function placesIn({ entries }: Pick<DossierAtMoment, 'entries'>): PlaceOf {
  const places = new Map(entries.map(({ id, revision }) => [id, revision]));
  return (entry) => places.get(entry);
}

interface EntryLinkProps {
  readonly entry: string;
  readonly places: PlaceOf;
  readonly children: ComponentChildren;
}

/** Words that lead to the entry they rest on. */
export function EntryLink({ entry, places, children }: EntryLinkProps) {
  const place = places(entry);
  return place === undefined ? <>{children}</> : <a href={`#entry-${place}`}>{children}</a>;
}

/** The day of an entry, leading to it. */
export function EntryDay({ entry, on, places }: Omit<EntryLinkProps, 'children'> & { readonly on: LegalDate | null }) {
  const { t } = useWords();
  return (
    <EntryLink entry={entry} places={places}>
      {on === null ? t('reports.noDate') : <Day date={on} />}
    </EntryLink>
  );
}
