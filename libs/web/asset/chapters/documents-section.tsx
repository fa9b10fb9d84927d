import type { ListedDocument } from '#domain';
import { Original } from '../../elements/original';
import { Scrolling } from '../../elements/scrolling';
import { useWords } from '../../language/speaking';
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
  return (
    <section class="chapter" aria-labelledby="documents">
      <h2 id="documents">{t('reports.documents.section')}</h2>
      <p class="quiet">{t('reports.documents.lead')}</p>
      <Scrolling label={t('reports.documents.section')}>
        <table>
          <caption class="hidden">{t('reports.documents.section')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('reports.documents.document')}</th>
              <th scope="col">{t('reports.documents.access')}</th>
              <th scope="col">{t('reports.documents.digest')}</th>
            </tr>
          </thead>
          <tbody>
            {documents.map(({ sha256, title, kind, classification, entry, on }) => (
              <tr key={sha256}>
                <th scope="row">
                  <Original>{title}</Original>
                  <span class="beside">
                    {kind !== null && words.code('kind', kind) + words.comma}
                    <EntryDay entry={entry} on={on} places={places} />
                  </span>
                </th>
                <td>
                  {classification === null ? (
                    <span class="quiet">{t('reports.documents.notAttached')}</span>
                  ) : (
                    words.code('classification', classification)
                  )}
                </td>
                <td>
                  <code class="digest">{sha256}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}
