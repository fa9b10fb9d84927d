import { refuse } from './error';
import { mediaTypeOf } from './media-type';
import type { MediaType } from './media-type';

/** The type of a document, from its content alone. Throws FileError `file-empty`, `type-unknown`. */
export function documentType(bytes: Uint8Array): MediaType {
  if (bytes.length === 0) refuse('file-empty', 'The file is empty. Choose the document again.');
  return (
    mediaTypeOf(bytes) ??
    refuse(
      'type-unknown',
      'The content of the file is none of: PDF, signed document (p7m), OpenDocument, Word or Excel file, JPEG, PNG, WebP. Save it as one of these.',
    )
  );
}
