/** What a file can be, found in its first bytes and never in its name. */
export const mediaTypes = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
  'application/pkcs7-mime': 'p7m',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
} as const;
export type MediaType = keyof typeof mediaTypes;

/** How a file of a type is named at its end. */
export const extensionOf = (type: MediaType): string => mediaTypes[type];

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, place) => bytes[place] === byte);

/** DER of the object identifier signedData (RFC 5652 §5.1): a signed document, as Italian offices send them. */
const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02';

/** Brands of HEIF images coded as HEVC (ISO/IEC 23008-12). */
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/** The type of a file by its first bytes; undefined for anything we do not know. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | undefined {
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIC.includes(ascii(bytes, 8, 12))) return 'image/heic';
  if (ascii(bytes, 0, 5) === '%PDF-') return 'application/pdf';
  if (bytes[0] === 0x30 && ascii(bytes, 0, 24).includes(SIGNED_DATA)) return 'application/pkcs7-mime';
  return startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) ? officeTypeOf(bytes) : undefined;
}

/** Office documents are ZIP files; theirs is the type that their first entry, or the names of their entries, say. */
function officeTypeOf(bytes: Uint8Array): MediaType | undefined {
  if (ascii(bytes, 30, 38) === 'mimetype') {
    const declared = ascii(bytes, 38, 38 + 60);
    const spreadsheet = 'application/vnd.oasis.opendocument.spreadsheet';
    if (declared.startsWith(`${spreadsheet}PK`)) return spreadsheet;
    const text = 'application/vnd.oasis.opendocument.text';
    return declared.startsWith(`${text}PK`) ? text : undefined;
  }
  const names = Buffer.from(bytes).toString('latin1');
  if (!names.includes('[Content_Types].xml')) return undefined;
  if (names.includes('word/document.xml'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  return names.includes('xl/workbook.xml')
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : undefined;
}
