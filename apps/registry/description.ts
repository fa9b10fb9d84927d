import { Type } from '@sinclair/typebox';
import type { EventDefinition, JsonObject } from '#domain';
import { assetCommands, assetIdFrom, exampleOf } from '#domain';
import { jsonSchemaOf, problemResponses, ref } from '#http';
import type { ApiPart, Operation } from '#http';

const TAG = 'commands';
const FAILURES = [400, 403, 409, 413, 415, 422, 500, 503, 507];

const acknowledgement = Type.Object(
  {
    asset: Type.String({ description: 'Registry id of the asset.' }),
    revision: Type.Integer({ minimum: 0, description: 'Revision of the dossier after the entry; also the ETag.' }),
    position: Type.Integer({
      minimum: 0,
      description: 'Position in the log; a query with `after` set to it sees the entry.',
    }),
  },
  { description: 'What an accepted command answers.' },
);

const idempotencyKey: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Names the command: sent again with the same key it is recorded once, and answered the same. A new one for each new entry.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$', minLength: 1, maxLength: 128 },
  example: '7e1c5d5e-8f2e-4c0a-9a55-3f7b1c1f6a10',
};

const ifMatch: JsonObject = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The revision of the dossier you saw, in quotes. When it has moved on since, nothing is recorded and the answer is 412.',
  schema: { type: 'string', pattern: '^"\\d{1,9}"$' },
  example: '"3"',
};

const asset: JsonObject = {
  name: 'asset',
  in: 'path',
  required: true,
  description: 'Registry id; its last character guards against mistyping.',
  schema: { type: 'string', pattern: '^[A-Z]{2}-[0-9A-Z]{10}-[0-9A-Z]$' },
  example: assetIdFrom('IT', 'it-anbsc', 'I-PA-89-S'),
};

const recorded = (description: string): JsonObject => ({
  description,
  headers: {
    ETag: { description: 'The new revision, for If-Match.', schema: { type: 'string' }, example: '"4"' },
    Location: { description: 'Where the dossier is read with this entry in it.', schema: { type: 'string' } },
  },
  content: { 'application/json': { schema: ref('Acknowledgement') } },
});

/** The operation of a command: its schema is that of the event it records, and nothing is said twice. */
function operationOf(name: string, { type, description, source, data }: EventDefinition): Operation {
  return {
    operationId: camelCase(name),
    tags: [TAG],
    summary: description,
    description: `Records \`${type}\`. Source: ${source}.`,
    parameters: [asset, idempotencyKey, ifMatch],
    ...bodyOf(type, data),
    responses: {
      201: recorded('Recorded.'),
      200: recorded('Recorded before under the same key; the answer is the same.'),
      ...problemResponses([...FAILURES, 404, 412]),
    },
  };
}

function bodyOf(type: string, data: EventDefinition['data']): JsonObject {
  return {
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            additionalProperties: false,
            required: ['occurredOn', 'data'],
            properties: {
              occurredOn: { type: 'string', format: 'date', description: 'When it happened; a day not in the future.' },
              data: ref(type),
            },
          },
          example: { occurredOn: '2015-03-12', data: exampleOf(data) },
        },
      },
    },
  };
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const seizure = assetCommands.get('record-seizure');

/** The command API as it is described: one path for each command, made from the definitions of the events. */
export const registryApi: ApiPart = {
  tag: { name: TAG, description: 'Record entries in dossiers.' },
  schemas: {
    Acknowledgement: jsonSchemaOf(acknowledgement),
    ...Object.fromEntries(
      [...assetCommands.values()].map(({ type, description, data }) => [type, { description, ...jsonSchemaOf(data) }]),
    ),
  },
  posts: {
    ...(seizure && {
      '/api/v1/assets': {
        ...operationOf('record-seizure', seizure),
        operationId: 'openDossier',
        summary: 'Open a dossier: record a seizure',
        description: `Records \`${seizure.type}\`. The registry id is derived from the first identifier, so that the same asset is opened once.`,
        parameters: [idempotencyKey],
        responses: {
          201: recorded('Recorded.'),
          200: recorded('Recorded before under the same key; the answer is the same.'),
          ...problemResponses(FAILURES),
        },
      },
    }),
    ...Object.fromEntries(
      [...assetCommands].map(([name, definition]) => [`/api/v1/assets/{asset}/${name}`, operationOf(name, definition)]),
    ),
  },
};
