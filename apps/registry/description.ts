import { Type } from '@sinclair/typebox';
import type { EventDefinition, JsonObject, StreamKind } from '#domain';
import { aggregates, assetIdFrom, events, exampleOf, idFrom, streamKinds } from '#domain';
import { jsonSchemaOf, problemResponses, ref } from '#http';
import type { ApiPart, Operation } from '#http';

const TAG = 'commands';
const FAILURES = [400, 401, 403, 409, 413, 415, 422, 500, 503, 507];

const acknowledgement = Type.Object(
  {
    ...Object.fromEntries(
      streamKinds.map((kind) => [
        kind,
        Type.Optional(Type.String({ description: `Registry id of the ${kind}, where it is one.` })),
      ]),
    ),
    entry: Type.String({
      format: 'uuid',
      description:
        'Id of the entry, by which later ones name it: an approval its proposal, a correction what it corrects.',
    }),
    revision: Type.Integer({ minimum: 0, description: 'Revision of the stream after the entry; also the ETag.' }),
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
    'The revision you saw, in quotes. When it has moved on since, nothing is recorded and the answer is 412.',
  schema: { type: 'string', pattern: '^"\\d{1,9}"$' },
  example: '"3"',
};

const idOf = (kind: StreamKind): JsonObject => ({
  name: 'id',
  in: 'path',
  required: true,
  description: `Registry id of the ${kind}; its last character guards against mistyping.`,
  schema: { type: 'string', pattern: '^[A-Z]{2}(-[A-Z])?-[0-9A-Z]{10}-[0-9A-Z]$' },
  example: kind === 'asset' ? assetIdFrom('IT', 'it-anbsc', 'I-PA-89-S') : idFrom(kind, 'IT', 'example', '1'),
});

const recorded = (description: string): JsonObject => ({
  description,
  headers: {
    ETag: { description: 'The new revision, for If-Match.', schema: { type: 'string' }, example: '"4"' },
    Location: { description: 'Where the dossier is read with this entry in it.', schema: { type: 'string' } },
  },
  content: { 'application/json': { schema: ref('Acknowledgement') } },
});

/** The operation of a command: its schema is that of the event it records, and nothing is said twice. */
function operationOf(kind: StreamKind, name: string, { type, description, source, asked }: EventDefinition): Operation {
  return {
    operationId: camelCase(kind === 'asset' ? name : `${kind}-${name}`),
    tags: [TAG],
    summary: description,
    description: `Records \`${type}\`. Source: ${source}.`,
    parameters: [idOf(kind), idempotencyKey, ifMatch],
    ...bodyOf(type, asked),
    responses: {
      201: recorded('Recorded.'),
      200: recorded('Recorded before under the same key; the answer is the same.'),
      ...problemResponses([...FAILURES, 404, 412]),
    },
  };
}

/** The operation that opens a stream: it needs no id, for it makes one. */
function openingOf(kind: StreamKind, name: string, definition: EventDefinition): Operation {
  return {
    ...operationOf(kind, name, definition),
    operationId: camelCase(`open-${kind}-by-${name}`),
    description: `Records \`${definition.type}\`. The registry id is derived from the first identifier, so that the same ${kind} is opened once.`,
    parameters: [idempotencyKey],
    responses: {
      201: recorded('Recorded.'),
      200: recorded('Recorded before under the same key; the answer is the same.'),
      ...problemResponses(FAILURES),
    },
  };
}

function bodyOf(type: string, data: EventDefinition['asked']): JsonObject {
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

function pathsOf(kind: StreamKind): [string, Operation][] {
  const { collection, commands, openings } = aggregates[kind];
  const opening = openings.flatMap((name, place): [string, Operation][] => {
    const definition = commands.get(name)?.definition;
    if (!definition) return [];
    const usual: [string, Operation] = [`/api/v1/${collection}`, openingOf(kind, name, definition)];
    const named: [string, Operation] = [
      `/api/v1/${collection}/${name}`,
      { ...openingOf(kind, name, definition), operationId: camelCase(`${kind}-opened-by-${name}`) },
    ];
    return place === 0 ? [usual, named] : [named];
  });
  const added = [...commands.values()].filter(({ command }) => kind !== 'account' || !openings.includes(command));
  const adding = added.map(({ command, definition }): [string, Operation] => [
    `/api/v1/${collection}/{id}/${command}`,
    operationOf(kind, command, definition),
  ]);
  return [...opening, ...adding];
}

/** The command API as it is described: one path for each command, made from the definitions of the events. */
export const registryApi: ApiPart = {
  tag: { name: TAG, description: 'Record entries in dossiers and other streams.' },
  schemas: {
    Acknowledgement: jsonSchemaOf(acknowledgement),
    ...Object.fromEntries(
      [...events.values()].map(({ definition: { type, description, asked } }) => [
        type,
        { description, ...jsonSchemaOf(asked) },
      ]),
    ),
  },
  posts: Object.fromEntries(streamKinds.flatMap(pathsOf)),
};
