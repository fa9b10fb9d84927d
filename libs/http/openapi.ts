import { applyDecorators } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiResponse, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject, JsonValue } from '#domain';
import { PROBLEM_TYPE, problemTypes, requestProblems } from './problem';
import { ASKED_EACH_TIME, sendTagged } from './tagged';

/** Where the description of the API lies. */
export const DESCRIPTION = '/api/v1/openapi.json';

/** One operation of the API, as OpenAPI 3.1 writes it. */
export type Operation = JsonObject & { readonly operationId: string };

/**
 * What a room adds to the description of the API: schemas its answers refer to, and operations that no controller method stands for by itself. All
 * other operations are described where they are: at the controllers' methods.
 */
export interface ApiPart {
  readonly tag: { readonly name: string; readonly description: string };
  /** JSON Schema 2020-12 by name, for `ref`. */
  readonly schemas: Readonly<Record<string, JsonObject>>;
  /** POST operations by path. */
  readonly posts?: Readonly<Record<string, Operation>>;
  /** GET operations by path. */
  readonly gets?: Readonly<Record<string, Operation>>;
  /** A parameter that a layer in front of the controllers takes, with the failures it may bring. */
  readonly inFront?: InFront;
}

export interface InFront {
  /** Whether the GET operation of a path takes it. */
  readonly of: (path: string) => boolean;
  readonly parameter: JsonObject;
  readonly fails: readonly number[];
}

/** The operations with what is taken in front of them. */
function withInFront(
  paths: Readonly<Record<string, JsonObject>>,
  parts: readonly ApiPart[],
): Record<string, JsonObject> {
  const layers = parts.flatMap(({ inFront }) => inFront ?? []);
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      layers.reduce((made, layer) => taking(made, path, layer), methods),
    ]),
  );
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function taking(methods: JsonObject, path: string, { of, parameter, fails }: InFront): JsonObject {
  const { get } = methods;
  if (!isObject(get) || !of(path)) return methods;
  const parameters: readonly JsonValue[] = Array.isArray(get.parameters) ? (get.parameters as JsonValue[]) : [];
  const responses = { ...problemResponses(fails), ...(get.responses as JsonObject) };
  return { ...methods, get: { ...get, parameters: [...parameters, parameter], responses } };
}

/** Points to a schema of the description. */
export const ref = (name: string): { readonly $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** What JSON Schema calls the formats that our validator knows under a stricter meaning. */
const standardFormats: ReadonlyMap<string, string> = new Map([
  ['legal-date', 'date'],
  ['instant-with-offset', 'date-time'],
]);

/** A schema of ours as plain JSON Schema 2020-12: what only our own validator knows is said in its words. */
export function jsonSchemaOf(schema: object): JsonObject {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === 'format' && typeof value === 'string' ? (standardFormats.get(value) ?? value) : value,
    ),
  ) as JsonObject;
}

/** Says with which problems an operation may answer. */
export function failsWith(...statuses: readonly number[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ...Object.entries(problemResponses(statuses)).map(([status, response]) =>
      ApiResponse({ status: Number(status), ...response }),
    ),
  );
}

/** The responses of an operation that may fail with these statuses. */
export function problemResponses(
  statuses: readonly number[],
): Readonly<Record<string, { description: string; content: Record<string, { schema: { $ref: string } }> }>> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: titlesOf(status), content: { [PROBLEM_TYPE]: { schema: ref(`Problem${status}`) } } },
    ]),
  );
}

/** Describes the API of an application and serves the description. Call it before the application listens. */
export function describeApi(app: NestFastifyApplication, parts: readonly ApiPart[]): void {
  const text = JSON.stringify(descriptionOf(app, parts));
  app.getHttpAdapter().get(DESCRIPTION, (request: FastifyRequest, reply: FastifyReply) => {
    void reply.header('access-control-allow-origin', '*');
    return sendTagged(text, { type: 'application/json; charset=utf-8', keep: ASKED_EACH_TIME }, request, reply);
  });
}

const INTRODUCTION =
  'Commands record entries in dossiers, queries read the public register. Every failure is a problem document (RFC 9457) whose `type` leads to a page about it. Fields carry `x-classification`: who may see them. A command answers with its log position; a query with `after` set to it sees the entry.';

/** The document: what the controllers say, what the parts add, and what is the same for all. */
function descriptionOf(app: NestFastifyApplication, parts: readonly ApiPart[]): JsonObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Social Reuse Registry')
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .setLicense('EUPL-1.2', 'https://spdx.org/licenses/EUPL-1.2.html');
  for (const { name, description } of parts.map(({ tag }) => tag)) builder.addTag(name, description);
  const { paths, components, ...document } = JSON.parse(
    JSON.stringify(SwaggerModule.createDocument(app, builder.build())),
  ) as { paths: Record<string, JsonObject>; components?: { schemas?: JsonObject } } & JsonObject;
  const posts = Object.fromEntries(parts.flatMap(({ posts = {} }) => Object.entries(posts)));
  const gets = Object.fromEntries(parts.flatMap(({ gets = {} }) => Object.entries(gets)));
  return {
    ...document,
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    paths: {
      ...withInFront(paths, parts),
      ...Object.fromEntries(
        [...new Set([...Object.keys(posts), ...Object.keys(gets)])].map((path) => [
          path,
          { ...paths[path], ...(posts[path] && { post: posts[path] }), ...(gets[path] && { get: gets[path] }) },
        ]),
      ),
      [DESCRIPTION]: { get: ownOperation },
    },
    components: {
      schemas: {
        ...components?.schemas,
        ...Object.fromEntries(parts.flatMap(({ schemas }) => Object.entries(schemas))),
        ...problemSchemas(),
      },
    },
  };
}

const ownOperation: Operation = {
  operationId: 'describeApi',
  summary: 'This description',
  responses: {
    200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
    304: { description: 'Nothing has changed since the answer whose ETag was sent' },
  },
};

const typesWith = (status: number): readonly string[] =>
  problemTypes.filter((type) => type.status === status).map(({ code }) => code);

/** What a status may mean: the request's own problem where there is one. */
function titlesOf(status: number): string {
  const own = Object.values(requestProblems).filter((problem) => problem.status === status);
  return own.length > 0 ? own.map(({ title }) => title).join('; or: ') : 'A rule of the register stands against it';
}

/** The problem document (RFC 9457), and one narrower schema for each status with the types it may have. */
function problemSchemas(): JsonObject {
  const statuses = [...new Set(problemTypes.map(({ status }) => status))].sort((a, b) => a - b);
  const explained = (code: string): string => {
    const type = problemTypes.find((each) => each.code === code);
    return `\`${code}\`: ${type?.message ?? type?.title ?? ''}`;
  };
  const narrower = statuses.map((status): [string, JsonValue] => [
    `Problem${status}`,
    {
      description: typesWith(status).map(explained).join('\n\n'),
      allOf: [
        ref('Problem'),
        {
          type: 'object',
          properties: {
            status: { const: status },
            type: { enum: typesWith(status).map((code) => `/problems/${code}`) },
          },
        },
      ],
    },
  ]);
  return { Problem: problem, ...Object.fromEntries(narrower) };
}

const problem: JsonObject = {
  type: 'object',
  description: 'A problem document (RFC 9457).',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Stable; leads to a page about the problem.' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What is wrong this time, and what to do.' },
    instance: { type: 'string', description: 'The address that was asked for.' },
    rule: { type: 'integer', description: 'Number of the rule that was broken, in the law of the domain.' },
    source: { type: 'string', description: 'The legal or business source of the rule.' },
    facts: { type: 'object', description: 'What the decision saw.' },
    errors: {
      type: 'array',
      description: 'What is wrong with parts of the request.',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string', format: 'json-pointer', description: 'JSON Pointer (RFC 6901) to the part.' },
          detail: { type: 'string' },
        },
      },
    },
  },
};
