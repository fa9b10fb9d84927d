import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, brotliDecompressSync, inflateSync } from 'node:zlib';

/** The ways in which a text can stand in a file. */
export function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  // What base64 makes of a text depends on where it begins: each of the three ways, without the ends that neighbours change.
  const base64 = [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const sure = whole.slice(before === 0 ? 0 : 4, Math.floor(whole.replace(/=/g, '').length / 4) * 4 - 4);
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from([...bytes].reverse()),
    ...base64.map((form) => Buffer.from(form)),
  ];
}

/** Files below a folder in which a text stands in any form, also packed. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const forms = formsOf(text);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if ([bytes, ...unpacked(bytes)].some((each) => forms.some((form) => each.includes(form)))) found.push(path);
  }
  return found;
}

/** Everything in a file that can be unpacked as gzip, or the whole of it as zlib or brotli. */
function unpacked(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  const attempt = (unpack: () => Buffer): void => {
    try {
      parts.push(unpack());
    } catch {
      // Not packed in this way.
    }
  };
  for (
    let at = bytes.indexOf('\x1f\x8b\x08', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('\x1f\x8b\x08', at + 1, 'latin1')
  ) {
    const from = at;
    attempt(() => gunzipSync(bytes.subarray(from)));
  }
  attempt(() => inflateSync(bytes));
  attempt(() => brotliDecompressSync(bytes));
  return parts;
}
