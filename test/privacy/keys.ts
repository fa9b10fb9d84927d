import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalMasterKey } from '#privacy';

export const aMaster = (): LocalMasterKey => new LocalMasterKey(randomBytes(32));
export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'keys-'));
export const aFile = (folder: string): string => join(folder, `${randomUUID()}.sqlite`);

/** Names of the files below a folder in which some bytes stand. */
export function filesWith(folder: string, bytes: Uint8Array): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && readFileSync(join(each.parentPath, each.name)).includes(Buffer.from(bytes)))
    .map(({ name }) => name);
}
