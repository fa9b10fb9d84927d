import { defineEvent } from '../schema/definition';
import { line, oneOf, optional, publicField, record, sha256 } from '../schema/fields';
import { demand } from '../refusal';
import { act } from './act';

/** Files of the dossier: each is named by the digest of its content and lies in a content-addressed store. */

export const DocumentAttached = defineEvent('DocumentAttached', {
  description: 'A file was put into the dossier.',
  source: 'Presidential decree 445/2000 art. 50; Regulation (EU) 910/2014 art. 46',
  data: record({
    sha256: publicField(sha256(), 'What the file is known by; whoever holds it can compute it.'),
    title: publicField(line(), 'A title that may be published, without personal data.'),
    kind: publicField(
      oneOf(['decree', 'contract', 'invoice', 'receipt', 'report', 'plan', 'photo', 'certificate', 'minutes', 'other']),
      'What sort of document.',
    ),
    classification: publicField(oneOf(['public', 'restricted', 'personal']), 'Who may open the file.'),
    mediaType: optional(publicField(line(80), 'Its media type (RFC 6838), as found in its content.')),
  }),
});

/** A file of the dossier. */
export interface AttachedDocument {
  readonly sha256: string;
  readonly title: string;
  readonly kind: string;
  readonly classification: string;
}

export const documents = [
  act('attach-document', DocumentAttached, {
    admit: ({ sha256: digest }, { documents: before = [] }) => {
      const known = before.find((document) => document.sha256 === digest);
      demand(known === undefined, 'document-already-attached', { title: known?.title ?? null });
    },
    evolve: (asset, { sha256: digest, title, kind, classification }) => ({
      ...asset,
      documents: [...(asset.documents ?? []), { sha256: digest, title, kind, classification }],
    }),
  }),
];
