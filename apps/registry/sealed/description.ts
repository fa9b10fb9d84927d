import { Type } from '@sinclair/typebox';
import { idFrom } from '#domain';
import type { JsonObject } from '#domain';
import { jsonSchemaOf, problemResponses, ref } from '#http';
import type { ApiPart, Operation } from '#http';

const TAG = 'sealed applications';
const digest = (description: string) => Type.String({ pattern: '^[0-9a-f]{64}$', description });
const text = (description: string) => Type.String({ description });

const sealing = {
  call: text('Registry id of the call.'),
  object: text('What the call is for.'),
  status: text('Where the call stands.'),
  deadline: Type.String({ format: 'date-time', description: 'From this instant on no application is taken.' }),
  today: Type.String({ format: 'date', description: 'The day it is where the authority sits.' }),
  scheme: text('How applications are sealed.'),
  keys: Type.Object(
    {
      call: Type.String(),
      threshold: Type.Integer(),
      publicKey: Type.String(),
      encryptedShares: Type.Array(Type.String()),
      commitments: Type.Array(Type.String()),
    },
    { description: 'All that the key ceremony published.' },
  ),
  keysDigest: digest('Digest of it, which every holder wrote down.'),
  custodians: Type.Array(Type.String(), { description: 'The offices that hold a share.' }),
  confirmed: Type.Array(Type.Integer(), { description: 'Numbers of the holders who confirmed.' }),
};
const receipt = {
  call: text('Registry id of the call.'),
  organisation: text('Who applied.'),
  application: text('Id of the application.'),
  ciphertext: Type.Object({ sha256: digest('Of the ciphertext.'), size: Type.Integer() }),
  digest: digest('Of the salted content.'),
  recordedAt: Type.String({ format: 'date-time' }),
  revision: Type.Integer(),
  position: Type.Integer(),
};
const opened = {
  call: text('Registry id of the call.'),
  entry: text('The entry that says so.'),
  revision: Type.Integer(),
  position: Type.Integer(),
};
const evidence = {
  ...sealing,
  shares: Type.Array(Type.Object({ custodian: Type.Integer(), share: Type.String() })),
  callKey: text('The released private key.'),
  releasedKey: digest('Of the released key.'),
  applications: Type.Array(
    Type.Object({
      application: Type.String(),
      organisation: Type.String(),
      ciphertext: Type.String(),
      digest: Type.String(),
    }),
  ),
};
const content = {
  answers: Type.Record(Type.String(), Type.String()),
  attachments: Type.Array(Type.Object({ name: Type.String(), size: Type.Integer() })),
};

const path = (name: string, example: string): JsonObject => ({
  name,
  in: 'path',
  required: true,
  description: 'As in the address.',
  schema: { type: 'string' },
  example,
});
const id = path('id', idFrom('call', 'IT', 'example', '1'));
const application = path('application', '00000000-0000-8000-8000-000000000000');
const key: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Names the command: sent again with the same key it is recorded once.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
  example: '7e1c5d5e-8f2e-4c0a-9a55-3f7b1c1f6a10',
};
const query = (name: string, description: string): JsonObject => ({
  name,
  in: 'query',
  required: true,
  description,
  schema: { type: 'string' },
  example: name === 'digest' ? 'ab'.repeat(32) : idFrom('organisation', 'IT', 'example', '1'),
});
const octets = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const json = (name: string) => ({ 'application/json': { schema: ref(name) } });

interface Parts {
  readonly parameters: readonly JsonObject[];
  readonly answers: JsonObject;
  readonly takes?: boolean;
  readonly posts?: boolean;
}

const operation = (operationId: string, summary: string, { parameters, answers, takes, posts }: Parts): Operation => ({
  operationId,
  tags: [TAG],
  summary,
  parameters: [...parameters],
  ...(takes && { requestBody: { required: true, content: octets } }),
  responses: {
    [posts ? 201 : 200]: { description: 'Done.', content: answers },
    ...problemResponses(posts ? [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503, 507] : [401, 403, 404, 409, 422, 500]),
  },
});

/** The API for sealed applications as it is described. */
export const sealedApi: ApiPart = {
  tag: { name: TAG, description: 'Hand in applications that nobody reads before the deadline, and open them after it.' },
  schemas: {
    SealingOfCall: jsonSchemaOf(Type.Object(sealing)),
    SealedReceipt: jsonSchemaOf(Type.Object(receipt)),
    SealedOpening: jsonSchemaOf(Type.Object(opened)),
    SealedEvidence: jsonSchemaOf(Type.Object(evidence)),
    SealedContent: jsonSchemaOf(Type.Object(content)),
    Ciphertext: jsonSchemaOf(Type.Object({ sha256: digest('Of the ciphertext.'), size: Type.Integer() })),
  },
  gets: {
    '/api/v1/calls/{id}/sealing': operation('sealingOfCall', 'How a call is sealed.', { parameters: [id], answers: json('SealingOfCall') }),
    '/api/v1/calls/{id}/opening': operation('evidenceOfOpening', 'All that is needed to open a call once more, offline.', { parameters: [id], answers: json('SealedEvidence') }),
    '/api/v1/calls/{id}/ciphertexts/{sha256}': operation('ciphertext', 'A ciphertext of a call that was opened.', { parameters: [id, path('sha256', 'ab'.repeat(32))], answers: octets }),
    '/api/v1/calls/{id}/applications/{application}': operation('openedApplication', 'What an organisation applied with.', { parameters: [id, application], answers: json('SealedContent') }),
    '/api/v1/calls/{id}/applications/{application}/attachments/{number}': operation('openedAttachment', 'One of its attachments.', { parameters: [id, application, path('number', '1')], answers: octets }),
  },
  posts: {
    '/api/v1/calls/{id}/ciphertexts': operation('uploadCiphertext', 'Hand in a ciphertext, which `submit-application` then names.', { parameters: [id], answers: json('Ciphertext'), takes: true, posts: true }),
    '/api/v1/calls/{id}/sealed-applications': operation('submitSealed', 'Hand in a sealed application: the ciphertext, then the entry that names it.', { parameters: [id, query('organisation', 'Who applies.'), query('digest', 'Digest of the salted content.'), key], answers: json('SealedReceipt'), takes: true, posts: true }),
    '/api/v1/calls/{id}/opening': operation('openSealed', 'Open a call with the shares its holders gave; the evidence is then at the same address.', { parameters: [id, key], answers: json('SealedOpening'), posts: true }),
  },
}; // prettier-ignore
