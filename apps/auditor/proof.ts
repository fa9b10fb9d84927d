import { leafHash, parseProofFile, verifyProofFile } from '#transparency-log';
import { WrongRequest } from './log';
import { fileAt, trustFrom } from './source';

/** An entry whose proof is good. */
export interface ProvenLeaf {
  /** Name of the log. */
  readonly origin: string;
  /** Its place in the log, from 0. */
  readonly index: number;
  /** Entries under the signed checkpoint. */
  readonly size: number;
  /** Base64 of the root hash. */
  readonly root: string;
  /** What was logged. */
  readonly leaf: string;
}

/**
 * Verifies the proof of one entry, as the registry hands it out: the entry is in the file, or beside it. Nobody is asked and nothing of ours is trusted but the keys. Throws TransparencyError where it
 * proves nothing, and WrongRequest.
 */
export async function verifyProof(file: string, keys: string, leafFile?: string): Promise<ProvenLeaf> {
  const text = await fileAt(file);
  const { extra } = parseProofFile(text);
  const leaf = leafFile === undefined ? extra : Buffer.from(await fileAt(leafFile), 'utf8');
  if (leaf === undefined) throw new WrongRequest(`${file} does not hold the entry it proves. Give it with --leaf FILE, word for word.`);
  const { index, checkpoint } = verifyProofFile(text, leafHash(leaf), trustFrom(await fileAt(keys)));
  const { origin, size, root } = checkpoint;
  return { origin, index, size, root: Buffer.from(root).toString('base64'), leaf: Buffer.from(leaf).toString('utf8') };
} // prettier-ignore

export const provenText = ({ origin, index, size, root, leaf }: ProvenLeaf): string =>
  [
    leaf,
    '',
    `Log       ${origin}`,
    `Entry     number ${index + 1} of ${size}, root ${root}, signature good`,
    'Found     nothing wrong: exactly this was logged',
  ].join('\n');
