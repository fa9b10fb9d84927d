import { aggregates, exampleOf, kindOfCollection, streamKinds } from '#domain';
import type { JsonObject, StreamKind } from '#domain';
import { formOf, stylesheets, typedDate, writeForm } from '#web';
import { APPLICATION, KEEPER, OPENING, ORGANISATION, PLEDGE } from './matrix-world';
import { TODAY } from './registry';
import type { Column, World } from './matrix-world';

/** A line of the matrix: a route, or one command of the many behind a route. */
export interface Row {
  readonly method: 'GET' | 'POST';
  /** The path as it is written in the matrix. */
  readonly label: string;
  readonly path: (column: Column) => string;
  readonly body?: JsonObject;
  /** What a form of the back office would send, without its token. */
  readonly form?: readonly (readonly [name: string, value: string])[];
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
    const path = prefixes
      .slice(0, depth + 1)
      .join('')
      .replace(/\.[\w-]{12}\.css$/, '.*.css');
    return (methods ?? '').split(', ').flatMap((method) => (method === '' || method === 'HEAD' ? [] : `${method} ${path}`)); // prettier-ignore
  });
}

/** Data that concern the organisation of the world, so that its members are asked about what is theirs. */
export function dataFor(kind: StreamKind, command: string): JsonObject {
  const definition = aggregates[kind].commands.get(command)?.definition;
  const example = definition ? exampleOf(definition.asked) : {};
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
  // The router's picture leaves out what stands before a wildcard, of which there is this one.
  'GET /*': () => [{ method: 'GET', label: '/log/tile/*', path: () => '/log/tile/entries/000' }],
};

/** What the form of a command sends to be looked at once more: nothing is recorded. */
export function checkOf(kind: StreamKind, name: string, data: JsonObject): readonly (readonly [string, string])[] {
  const definition = aggregates[kind].commands.get(name)?.definition;
  const corrected = { entry: OPENING, field: 'kind', value: 'company', reason: 'Mistyped' };
  const fields =
    name === 'correct-entry'
      ? Object.entries(corrected).map(([field, value]) => [`data.${field}`, value] as const)
      : [...writeForm(definition ? formOf(definition) : [], data, '.').pairs()];
  return [['occurredOn', typedDate(TODAY)], ['key', 'matrix'], ['revision', '0'], ['step', 'check'], ...fields];
}

/** Representatives: acts of each kind of stream and each kind of right. That every form lets in whom the command API lets in has a test of its own. */
const acts: Readonly<Record<StreamKind, readonly string[]>> = {
  asset: ['record-problem', 'decide-destination', 'report-activity', 'pledge-support', 'correct-entry'],
  organisation: ['describe-organisation', 'verify-organisation'],
  call: ['deal-call-key', 'confirm-call-key', 'release-share', 'submit-application', 'withdraw-application', 'score-application'],
  dialogue: ['moderate-thread', 'publish-answer'],
  group: ['admit-member', 'answer-recommendation'],
  account: ['grant-role', 'revoke-access-token', 'record-reading'],
  return: ['revise-return', 'publish-return'],
}; // prettier-ignore

const officeRows = (kind: StreamKind, at: string, to: string, name: string): readonly Row[] => [
  { method: 'GET', label: `${at}/${name}`, path: () => `${to}/${name}` },
  { method: 'POST', label: `${at}/${name}`, path: () => `${to}/${name}`, form: checkOf(kind, name, dataFor(kind, name)) }, // prettier-ignore
];

const officeActs = (only: 'GET' | 'POST', { ids }: World): readonly Row[] =>
  streamKinds.flatMap((kind) => {
    const at = `/office/${aggregates[kind].collection}`;
    return acts[kind].flatMap((name) => officeRows(kind, `${at}/{id}`, `${at}/${ids[kind]}`, name));
  }).filter(({ method }) => method === only); // prettier-ignore

const officeOpenings = (only: 'GET' | 'POST'): readonly Row[] =>
  streamKinds.flatMap((kind) => {
    const at = `/office/${aggregates[kind].collection}/new`;
    return aggregates[kind].openings.slice(0, 1).flatMap((name) => officeRows(kind, at, at, name));
  }).filter(({ method }) => method === only); // prettier-ignore

const officeStreams = ({ ids }: World): readonly Row[] =>
  streamKinds.flatMap((kind): Row[] => {
    const at = (id: string) => `/office/${aggregates[kind].collection}/${id}`;
    const row: Row = { method: 'GET', label: at('{id}'), path: () => at(ids[kind]) };
    const own = ({ person }: Column) => at(person?.account ?? ids.account);
    return kind === 'account' ? [row, { ...row, label: at('{own}'), path: own }] : [row];
  });

Object.assign(families, {
  'GET /office/:collection/:id': officeStreams,
  'GET /office/:collection/:id/:command': (world: World) => officeActs('GET', world),
  'POST /office/:collection/:id/:command': (world: World) => officeActs('POST', world),
  'GET /office/:collection/new/:command': () => officeOpenings('GET'),
  'POST /office/:collection/new/:command': () => officeOpenings('POST'),
});

/** The kind of stream that an `:id` names, by the part of the path before it. */
const pages: Readonly<Record<string, StreamKind>> = {
  beni: 'asset', bandi: 'call', organizzazioni: 'organisation', dialogo: 'dialogue', dialogue: 'dialogue', gruppi: 'group',
}; // prettier-ignore

const NO_FILE = '0'.repeat(64);
const parts: Readonly<Record<string, string>> = {
  ':language': 'en',
  ':about': 'asset',
  ':application': APPLICATION,
  ':number': '1',
  ':sha256': NO_FILE,
  ':code': 'not-found',
  ':part': 'pages.xml',
  ':act': 'invite',
  ':day': '2026-01-01',
  ':file': 'any',
  ':year': '2020',
  ':item': 'seizures',
  '*': 'any',
};

/** What routes are asked with. */
const queries: Readonly<Record<string, string>> = {
  'GET /api/v1/map': '?bbox=6,36,19,48&zoom=5',
  'POST /api/v1/calls/:id/sealed-applications': `?organisation=${ORGANISATION}&digest=${NO_FILE}`,
};

/** The lines of a route. */
export function rowsOf(route: string, world: World): readonly Row[] {
  const family = families[route];
  if (family) return family(world);
  const [method, address = ''] = route.split(' ');
  const style = stylesheets.find(({ path }) => path.replace(/\.[\w-]{12}\./, '.*.') === address)?.path;
  if (style !== undefined) return [{ method: 'GET', label: address, path: () => style }];
  if (method !== 'GET' && method !== 'POST') throw new Error(`The matrix does not know how to ask ${route}.`);
  const filled = address.split('/').map((part, place, all) => {
    if (part.startsWith(':script(')) return 'apply.any.js';
    if (part !== ':id' && part !== ':call|:id') return parts[part] ?? part;
    const before = all[place - 1] ?? '';
    const kind = kindOfCollection(before) ?? pages[before] ?? (before === ':about' ? 'asset' : before === 'received' ? 'dialogue' : undefined); // prettier-ignore
    return kind ? world.ids[kind] : ['import', 'entries', 'annotazioni'].includes(before) ? 'none' : part;
  });
  const path = filled.join('/') + (queries[route] ?? '');
  if (path.includes(':')) throw new Error(`The matrix does not know what to put into ${route}: see matrix-rows.ts.`);
  const label = address.replace(/:call\|:id|:(\w+)(\(.*\))?/g, (_, name?: string) => `{${name ?? 'id'}}`);
  return [{ method, label, path: () => path, ...(method === 'POST' && { body: {} }) }];
}
