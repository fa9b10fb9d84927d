export { TransparencyError } from './error';
export type {
  CanonicalFault,
  CheckpointFault,
  KeyFault,
  LogFault,
  NoteFault,
  ProofFault,
  ProofFileFault,
  ResourceFault,
  TransparencyFault,
  WitnessFault,
} from './error';
export { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash, sameHash } from './tree/hash';
export type { Hash } from './tree/hash';
export { CompactRange } from './tree/compact-range';
export { consistencyProof, inclusionProof, rootOf } from './tree/prove';
export type { NodeReader } from './tree/prove';
export { verifyConsistency, verifyInclusion } from './tree/verify';
export type { TreeHead } from './tree/verify';
export {
  CHECKPOINT,
  FULL_WIDTH,
  SIGNED_CHECKPOINT,
  WITNESSED_CHECKPOINT,
  entriesPath,
  parsePath,
  tilePath,
} from './tiles/path';
export type { Resource } from './tiles/path';
export { MAX_ENTRY_BYTES, decodeBundle, encodeBundle } from './tiles/entry-bundle';
export { Tile, encodeTile } from './tiles/tile';
export { TileBuilder } from './tiles/tile-builder';
export type { BuiltTile } from './tiles/tile-builder';
export { TileSource, TileStorage } from './tiles/tile-storage';
export { FilesystemTileStorage } from './tiles/filesystem-storage';
export { KeptTiles, TreeReader, readBundle } from './tiles/tree-reader';
export { resourcesOf } from './tiles/resources';
export { formatSigningKey, parseVerifierKey, signingKeyFromPkcs8, signingKeyFromText, verifierOf } from './note/key';
export type { NoteVerifier, SignatureFacts, SignatureKind, SigningKey } from './note/key';
export { formatLine, formatNote, noteSignature, openNote, parseLine, parseNote } from './note/signed-note';
export type { SignatureLine, UnverifiedNote, VerifiedNote, VerifiedSignature } from './note/signed-note';
export { formatCheckpoint, parseCheckpoint, parseLogKeys, signCheckpoint, verifyCheckpoint } from './note/checkpoint';
export type { Checkpoint, LogKey, Trust, VerifiedCheckpoint } from './note/checkpoint';
export { attachCosignature, cosignature, witness } from './note/cosignature';
export { formatProofFile, parseProofFile, verifyProofFile } from './note/proof-file';
export type { ProofFile } from './note/proof-file';
export { canonicalBytes, canonicalDigest, canonicalJson, sameJson } from './log/canonical-json';
export { SALT_BYTES, commitTo, opensCommitment } from './log/commitment';
export type { Commitment } from './log/commitment';
export { eventLeaf, leafSubject, readLeaf } from './log/event-leaf';
export type { LeafSubject, LoggedEvent, ReadLeaf } from './log/event-leaf';
export { LogWriter } from './log/log-writer';
export type { LogIdentity } from './log/log-writer';
export { checkLog } from './log/check-log';
export type { CheckOptions, CheckProgress, CheckResult, Finding } from './log/check-log';
export { formatAddCheckpoint, parseAddCheckpoint } from './witness/add-checkpoint';
export type { AddCheckpoint } from './witness/add-checkpoint';
export { Witness, WitnessMemory } from './witness/witness';
export type { Remembered, WitnessAnswer, WitnessStep } from './witness/witness';
