import { aggregates, exampleOf, streamKinds } from '#domain';
import type { JsonObject, StreamKind } from '#domain';
import { APPLICATION, KEEPER, ORGANISATION, PLEDGE } from './matrix-world';
import type { Column, World } from './matrix-world';

/** A line of the matrix: a route, or one command of the many behind a route. */
export interface Row {
  readonly method: 'GET' | 'POST';
  /** The path as it is written in the matrix. */
  readonly label: string;
  readonly path: (column: Column) => string;
  readonly body?: JsonObject;
}

/** The routes of the running server as `METHOD path`, from its router's own picture of them; what changes with each build is left out. */
export function routesIn(picture: string): readonly string[] {
  const prefixes: string[] = [];
  return picture.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!found) return [];
    const [, indent = '', part = '', methods] = found;
    const depth = indent.length / 4;
    prefixes[depth] = part;
    const path = prefixes.slice(0, depth + 1).join('').replace(/style\.[^/]+\.css$/, 'style.*.css'); // prettier-ignore
    return (methods ?? '').split(', ').flatMap((method) => (method === '' || method === 'HEAD' ? [] : `${method} ${path}`)); // prettier-ignore
  });
}

/** Data that concern the organisation of the world, so that its members are asked about what is theirs. */
function dataFor(kind: StreamKind, command: string): JsonObject {
  const definition = aggregates[kind].commands.get(command)?.definition;
  const example = definition ? exampleOf(definition.data) : {};
  const own: Readonly<Record<string, JsonObject>> = {
    'pledge-support': { supporter: { name: 'Cooperativa', organisation: ORGANISATION } },
    'deliver-support': { pledge: PLEDGE },
    'withdraw-support': { pledge: PLEDGE, by: 'supporter' },
    'submit-application': { organisation: ORGANISATION },
    'withdraw-application': { application: APPLICATION },
  };
  const { organisation: _, ...spoken } = example;
  const usual = kind === 'dialogue' ? { ...spoken, addressedTo: KEEPER } : example;
  return { ...usual, ...own[command] };
}

/** Refused after it was let in, so that asking changes nothing: by its date, or by the revision it expects. */
const TOO_LATE = '2999-01-01';

const command = (kind: StreamKind, name: string, label: string, path: string, more: JsonObject = {}): Row => ({
  method: 'POST',
  label,
  path: () => path,
  body: { occurredOn: TOO_LATE, data: { ...dataFor(kind, name), ...more } },
});

const openingsOf = (kind: StreamKind, usual: boolean): Row[] => {
  const { collection, openings } = aggregates[kind];
  const named = usual ? openings.slice(0, 1) : openings;
  return named.flatMap((name) => {
    const path = usual ? `/api/v1/${collection}` : `/api/v1/${collection}/${name}`;
    const row = command(kind, name, path, path);
    const speaking = command(kind, name, `${path} for {organisation}`, path, { organisation: ORGANISATION });
    return kind === 'dialogue' ? [row, speaking] : [row];
  });
};

const additionsTo = (kind: StreamKind, { ids }: World): Row[] => {
  const { collection, commands } = aggregates[kind];
  return [...commands.keys()].flatMap((name) => {
    const at = (id: string) => `/api/v1/${collection}/${id}/${name}`;
    const row = command(kind, name, at('{id}'), at(ids[kind]));
    if (kind !== 'account') return [row];
    const own = { ...row, label: at('{own}'), path: ({ person }: Column) => at(person?.account ?? ids.account) };
    return [row, own];
  });
};

const readingsOf = (kind: StreamKind, { ids }: World): Row[] => {
  const { collection } = aggregates[kind];
  const at = (id: string) => `/api/v1/restricted/${collection}/${id}`;
  const purpose = '?purpose=Matrix';
  const row: Row = { method: 'GET', label: at('{id}'), path: () => at(ids[kind]) + purpose };
  if (kind !== 'account') return [row];
  return [row, { method: 'GET', label: at('{own}'), path: ({ person }) => at(person?.account ?? ids.account) + purpose }]; // prettier-ignore
};

/** Routes that stand for many. */
const families: Readonly<Record<string, (world: World) => Row[]>> = {
  'POST /api/v1/:collection': () => streamKinds.flatMap((kind) => openingsOf(kind, true)),
  'POST /api/v1/:collection/:command|:id': () => streamKinds.flatMap((kind) => openingsOf(kind, false)),
  'POST /api/v1/:collection/:command|:id/:command': (world) => streamKinds.flatMap((kind) => additionsTo(kind, world)),
  'GET /api/v1/restricted/:collection/:id': (world) => streamKinds.flatMap((kind) => readingsOf(kind, world)),
  'GET /api/v1/restricted/accounts': () => [
    { method: 'GET', label: '/api/v1/restricted/accounts', path: () => '/api/v1/restricted/accounts?purpose=Matrix' },
  ],
};

/** The lines of a route. */
export function rowsOf(route: string, world: World): readonly Row[] {
  const family = families[route];
  if (family) return family(world);
  const [method, label = ''] = route.split(' ');
  const filled = label.replace(':id', world.ids.asset).replace(':code', 'not-found').replace('*', 'any');
  if (method !== 'GET' && method !== 'POST') throw new Error(`The matrix does not know how to ask ${route}.`);
  if (filled.includes(':')) throw new Error(`The matrix does not know what to put into ${route}: see matrix-rows.ts.`);
  return [{ method, label, path: () => filled, ...(method === 'POST' && { body: {} }) }];
}
