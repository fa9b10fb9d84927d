import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { CLASSIFICATION, aggregates, shapeErrors, streamKinds } from '#domain';
import type { CatalogueEntry, JsonObject, StreamKind } from '#domain';
import { problemTypes } from '#http';
import { BY_PEOPLE_ALONE, recordScene, scene } from './civic-scene';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

interface Media {
  readonly schema: JsonObject;
  /** Of a command an entry, of a table its first line. */
  readonly example?: string | { readonly occurredOn: string; readonly data: JsonObject };
}
interface Described {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly example?: string;
    readonly schema?: { readonly example?: string | number };
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> };
}

/** A schema under which an answer may hold nothing but what is described. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = 'properties' in schema && !('additionalProperties' in schema) && { additionalProperties: false };
  return Object.fromEntries(Object.entries({ ...schema, ...closed }).map(([name, part]) => [name, strict(part)]));
}

/** The commands sent to an id. An account's id follows from its sign-in identity: nobody opens one under an id of their choice. */
const addedTo = (kind: StreamKind): CatalogueEntry[] => {
  const { commands, openings } = aggregates[kind];
  return [...commands.values()].filter(({ command }) => kind !== 'account' || !openings.includes(command));
};

describe('the description of the API', () => {
  let system: TestSystem;
  let description: Description;
  let asset: string;

  beforeAll(async () => {
    system = await aSystem(BY_PEOPLE_ALONE);
    description = (await (await system.get('/api/v1/openapi.json')).json()) as Description;
    const { example } = description.paths['/api/v1/assets']!.post!.requestBody!.content['application/json']!;
    const opened = await system.post('/api/v1/assets', example, { 'idempotency-key': 'example' });
    expect(opened.status).toBe(201);
    const { asset: id, position } = (await opened.json()) as { asset: string; position: number };
    asset = id;
    await system.projecting.runner.reached(position, 5000);
    await recordScene(system.store, new Date().toISOString());
    await system.projecting.runner.reached(await system.store.head(), 10_000);
  });
  afterAll(() => closed(system));

  const operations = (): (Described & { path: string; method: string })[] =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );

  const compiled = new Map<string, ValidateFunction>();

  /** What is wrong with a value by a schema of the description; strictly where nothing beyond what is described may be there. */
  function check(schema: JsonObject, value: unknown, form: 'as written' | 'strict' = 'as written'): unknown {
    const key = form + JSON.stringify(schema);
    let validate = compiled.get(key);
    if (!validate) {
      const ajv = new Ajv2020({ strict: false, allErrors: true });
      addFormats(ajv);
      const root = { ...schema, components: description.components };
      validate = ajv.compile((form === 'strict' ? strict(root) : root) as object);
      compiled.set(key, validate);
    }
    validate(value);
    return validate.errors ?? [];
  }

  it('is OpenAPI 3.1 that a validator accepts', async () => {
    expect(description.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate({ ...structuredClone(description) });
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(new Set(operations().map(({ operationId }) => operationId)).size).toBe(operations().length);
  });

  it('points to nothing that is not there', () => {
    const named = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name!,
    );
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named)].filter((name) => !(name in description.components.schemas))).toEqual([]);
  });

  it('holds every route under /api/v1, and no other', () => {
    const routes = [...system.app.get(ModulesContainer).values()].flatMap((module) =>
      [...module.controllers.values()].flatMap(({ metatype }) => {
        if (typeof metatype !== 'function') return [];
        const base = [Reflect.getMetadata(PATH_METADATA, metatype) as string | string[]].flat();
        const methods = metatype.prototype as Record<string, object>;
        return new MetadataScanner().getAllMethodNames(methods).flatMap((name) => {
          const paths = Reflect.getMetadata(PATH_METADATA, methods[name]!) as string | string[] | undefined;
          if (paths === undefined) return [];
          const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, methods[name]!) as number]!.toLowerCase();
          return base.flatMap((before) =>
            [paths].flat().map((path) => `${method} /${before}/${path}`.replace(/\/+/g, '/').replace(/\/$/, '')),
          );
        });
      }),
    );
    const registered = routes
      .filter((route) => route.includes(' /api/v1'))
      .flatMap((route) =>
        route.includes('/:collection')
          ? streamKinds.flatMap((kind) => {
              const { collection, openings } = aggregates[kind];
              const ofKind = route.replace(':collection', collection);
              const names = ofKind.includes('/:id/') ? addedTo(kind).map(({ command }) => command) : openings;
              return ofKind.includes('/:command') ? names.map((name) => ofKind.replace(':command', name)) : [ofKind];
            })
          : [route],
      )
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));
    const described = operations().map(({ method, path }) => `${method} ${path}`);
    expect(registered.length).toBeGreaterThan(20);
    expect(described.sort()).toEqual([...registered, 'get /api/v1/openapi.json'].sort());
  });

  const commands = streamKinds.flatMap((kind) =>
    addedTo(kind).map(({ command, definition }) => ({
      name: `${aggregates[kind].collection}/{id}/${command}`,
      ...definition,
    })),
  );
  describe.each(commands)('of $name', ({ name, type, asked: data }) => {
    const operation = (): Described => description.paths[`/api/v1/${name}`]!.post!;

    it('asks for what the event is made of, classified field by field', () => {
      expect(operation().parameters?.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
        'path id',
        'header Idempotency-Key',
        'header If-Match',
      ]);
      const { properties } = description.components.schemas[type] as { properties: Record<string, JsonObject> };
      expect(
        Object.fromEntries(Object.entries(properties).map(([field, schema]) => [field, schema[CLASSIFICATION]])),
      ).toEqual(
        Object.fromEntries(Object.entries(data.properties).map(([field, schema]) => [field, schema[CLASSIFICATION]])),
      );
    });

    it('has an example that its schema and the domain accept, and refuses an unknown field as the domain does', () => {
      const { schema, example } = operation().requestBody!.content['application/json']!;
      if (typeof example !== 'object') throw new Error('A command has an entry as its example.');
      expect(check(schema, example)).toEqual([]);
      expect(shapeErrors(data, example.data)).toEqual([]);
      expect(check(schema, { ...example, data: { ...example.data, colour: 'red' } })).not.toEqual([]);
      expect(check(schema, { ...example, colour: 'red' })).not.toEqual([]);
    });
  });

  it('lists every type of problem under its status', () => {
    for (const { code, status } of problemTypes) {
      const schema = description.components.schemas[`Problem${status}`];
      expect(JSON.stringify(schema)).toContain(`"/problems/${code}"`);
    }
  });

  it.each([
    [400, () => system.get('/api/v1/assets?colour=red')],
    [400, () => system.post(`/api/v1/assets/${asset}/order-confiscation`, {}, { 'idempotency-key': 'a' })],
    [404, () => system.get('/api/v1/assets/IT-0000000000-0')],
    [
      409,
      () =>
        system.post(
          `/api/v1/assets/${asset}/decide-destination`,
          { occurredOn: '2016-01-01', data: { purpose: 'social' } },
          { 'idempotency-key': 'b' },
        ),
    ],
    [
      412,
      () =>
        system.post(
          `/api/v1/assets/${asset}/order-confiscation`,
          { occurredOn: '2016-01-01', data: { instance: 'first' } },
          { 'idempotency-key': 'c', 'if-match': '"7"' },
        ),
    ],
    [422, () => system.post('/api/v1/assets', { data: { kind: 'company' } }, { 'idempotency-key': 'd' })],
  ] as const)('describes the problem documents of status %d as they are', async (status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    const problem: unknown = await answer.json();
    expect(check(description.components.schemas[`Problem${status}`]!, problem)).toEqual([]);
    expect(check(description.components.schemas.Problem!, problem, 'strict')).toEqual([]);
  });

  it('describes the acknowledgement as it is', async () => {
    const entry = { occurredOn: '2016-05-05', data: { condition: 'good', readyForDestination: false } };
    const answer = await system.post(`/api/v1/assets/${asset}/record-inspection`, entry, { 'idempotency-key': 'e' });
    expect(check(description.components.schemas.Acknowledgement!, await answer.json(), 'strict')).toEqual([]);
  });

  /** Something of each collection of which much can be said. */
  const oneOf: Readonly<Record<string, string>> = {
    calls: scene.awarded,
    organisations: scene.terra,
    dialogues: scene.answered,
    groups: scene.group,
  };

  it('describes the answer of every query as it is, JSON and CSV', async () => {
    const checked: string[] = [];
    const head = await system.store.head();
    expect(await system.notarising!.notary.reached(head, 10_000)).toBe(true);
    expect(await system.notarising!.indexed(10_000)).toBe(true);
    const [entry] = await system.store.readStream(`asset-${asset}`, { max: 1 });
    for (const { path, method, responses, operationId, parameters = [] } of operations()) {
      // Files, and the sealed applications of a call, are read in test/api/files.spec.ts and test/sealing, contracting processes in test/open-data/ocds.spec.ts.
      if (method !== 'get' || /^\/api\/v1\/(files\/|ocds\/|calls\/\{id\}\/)/.test(path)) continue;
      const collection = path.split('/')[3] ?? '';
      const needed = parameters.filter((each) => each.in === 'query' && each.required);
      const query = new URLSearchParams(needed.map((each) => [each.name, String(each.schema?.example)])).toString();
      const address =
        path
          .replace('{id}', collection === 'entries' ? entry!.id : (oneOf[collection] ?? asset))
          .replace('{year}', '2016')
          .replace('{item}', 'confiscations-ordered') + (query && `?${query}`);
      for (const [type, { schema, example }] of Object.entries(responses[200]!.content ?? {})) {
        const answer = await system.get(address, { accept: type });
        expect([operationId, answer.status, answer.headers.get('content-type')]).toEqual([
          operationId,
          200,
          expect.stringContaining(type),
        ]);
        if (schema.format === 'binary') expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0);
        else if (type === 'text/csv')
          expect((await answer.text()).split('\r\n')[0]).toBe(typeof example === 'string' && example.trim());
        else if (type === 'application/json')
          expect([
            operationId,
            check(schema, await answer.json(), operationId === 'describeApi' ? 'as written' : 'strict'),
          ]).toEqual([operationId, []]);
        checked.push(`${operationId} ${type}`);
      }
    }
    expect(checked.length).toBeGreaterThan(25);
  });

  it('describes a dossier in which much has happened as it is', async () => {
    const record = async (command: string, occurredOn: string, data: JsonObject): Promise<void> => {
      const answer = await system.post(
        `/api/v1/assets/${asset}/${command}`,
        { occurredOn, data },
        { 'idempotency-key': command },
      );
      expect([command, answer.status]).toEqual([command, 201]);
    };
    const body = { kind: 'municipality', name: 'Comune di Palermo' };
    await record('appoint-administrator', '2015-04-01', { office: 'agency' });
    await record('record-problem', '2015-05-01', { kind: 'occupied', blocking: false });
    await record('order-confiscation', '2016-01-01', { instance: 'first' });
    await record('authorise-interlocutory-sale', '2016-06-01', { authority: 'Tribunale di Palermo' });
    await record('make-confiscation-final', '2017-01-01', {});
    await record('decide-destination', '2018-01-01', { purpose: 'social', recipient: body });
    await record('transfer-asset', '2019-01-01', { to: body });
    const { position } = (await (await system.get(`/api/v1/assets/${asset}`)).json()) as { position: number };
    await system.projecting.runner.reached(await system.store.head(), 5000);
    const answer = await system.get(`/api/v1/assets/${asset}?after=${position}`);
    expect(check(description.components.schemas.Dossier!, await answer.json(), 'strict')).toEqual([]);
  });

  it('is sent again only when it has changed', async () => {
    const first = await system.get('/api/v1/openapi.json');
    const again = await system.get('/api/v1/openapi.json', { 'if-none-match': first.headers.get('etag')! });
    expect([again.status, first.headers.get('access-control-allow-origin')]).toEqual([304, '*']);
  });
});
