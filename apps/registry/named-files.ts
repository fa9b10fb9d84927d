import type { Files, Shelf } from '#files';
import { isDigest } from '#files';
import { failed } from '#http';
import type { Recorder } from '#recording';

type Record = Recorder['record'];

/** Fields of commands that name a file which must have been handed in before: what it is, on which shelf it lies, and its digests. */
function namedIn(
  name: string,
  data: Readonly<{ [field: string]: unknown }>,
  files: Files,
): [string, Shelf, string[]] | undefined {
  switch (name) {
    case 'file-observation':
    case 'moderate-thread':
      return ['photo', files.restricted, listed(data.photos).map((photo) => textIn(photo, 'sha256'))];
    case 'submit-application':
      return ['sealed application', files.sealed, [textIn(fieldIn(data.sealed, 'ciphertext'), 'sha256')]];
    default:
      return undefined;
  }
}

/**
 * A recorder that takes no entry whose file is not in the store: first the file, then the entry that names it. Whatever has not the shape it should
 * is left to the domain, which says so better. Throws RequestFailed `file-missing`.
 */
export const withNamedFiles =
  (record: Record, files: Files): Record =>
  async (stream, command, ...rest) => {
    const [what, shelf, digests] = namedIn(command.name, command.data, files) ?? [];
    for (const sha256 of digests ?? []) {
      if (!isDigest(sha256) || (await shelf?.sizeOf(sha256)) !== undefined) continue;
      throw failed(
        'file-missing',
        `The ${what} ${sha256} is not here. Hand in the file first, then the entry that names it.`,
        {
          facts: { sha256 },
        },
      );
    }
    return record(stream, command, ...rest);
  };

const fieldIn = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as { [name: string]: unknown })[name]
    : undefined;
const textIn = (value: unknown, name: string): string => asText(fieldIn(value, name));
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
