import type { ListedDocument } from '#domain';
import { Original } from '../../elements/original';
import { useWords } from '../../language/speaking';
import { Cell, ListTable } from '../../reports/list-parts';
import { EntryDay } from './entry-link';
import type { PlaceOf } from './entry-link';

interface DocumentsProps {
  readonly documents: readonly ListedDocument[];
  readonly places: PlaceOf;
}

/** The files of the dossier and those its entries name, each with its digest. */
export function DocumentsSection({ documents, places }: DocumentsProps) {
  const words = useWords();
  const { t } = words;
  const document = t('reports.documents.document');
  const access = t('reports.documents.access');
  const digest = t('reports.documents.digest');
  return (
    <section class="chapter" aria-labelledby="documents">
      <h2 id="documents">{t('reports.documents.section')}</h2>
      <p class="quiet">{t('reports.documents.lead')}</p>
      <ListTable caption={t('reports.documents.section')} heads={[document, access, digest].map((text) => ({ text }))}>
        {documents.map(({ sha256, title, kind, classification, entry, on }) => (
          <tr key={sha256} role="row">
            <th role="rowheader" scope="row">
              <Original>{title}</Original>
              <span class="beside">
                {kind !== null && words.code('kind', kind) + words.comma}
                <EntryDay entry={entry} on={on} places={places} />
              </span>
            </th>
            <Cell label={access}>
              {classification === null
                ? t('reports.documents.notAttached')
                : words.code('classification', classification)}
            </Cell>
            <Cell label={digest}>
              <code class="digest">{sha256}</code>
            </Cell>
          </tr>
        ))}
      </ListTable>
    </section>
  );
}
