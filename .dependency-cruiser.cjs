/** What may import what (docs/decisions/001-rooms.md). Each rule is proven by a wrong import in test/boundaries. */

/** Rooms of libs/ and the rooms each may look into. */
const mayImport = {
  domain: ['sealing'],
  'event-store': ['domain'],
  'transparency-log': [],
  sealing: [],
  files: [],
  privacy: ['domain', 'event-store', 'transparency-log'],
  notary: ['domain', 'event-store', 'privacy', 'transparency-log'],
  backup: ['event-store', 'files', 'notary', 'transparency-log'],
  'read-models': ['domain', 'event-store', 'privacy'],
  recording: ['domain', 'event-store'],
  intake: ['domain', 'event-store', 'recording'],
  web: ['domain'],
  http: ['domain', 'event-store', 'web'],
  processes: ['domain', 'event-store', 'privacy', 'recording', 'web'],
  process: ['domain', 'event-store', 'privacy', 'read-models', 'processes', 'http', 'access', 'notary'],
  access: ['domain', 'event-store', 'recording'],
  scenario: ['domain', 'sealing'],
};

const libraryRules = Object.entries(mayImport).map(([room, allowed]) => ({
  name: `${room}-stays-in-its-room`,
  comment: `libs/${room} may import ${allowed.length ? allowed.map((name) => `libs/${name}`).join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^libs/${room}/` },
  to: { path: '^(libs|apps)/', pathNot: `^libs/(${[room, ...allowed].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...libraryRules,
    {
      name: 'domain-knows-no-framework',
      comment: 'The law is pure: schemas by TypeBox, hashes by node:crypto, nothing else.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypesNot: ['local', 'aliased', 'aliased-subpath-import', 'type-only', 'unknown', 'undetermined'],
        pathNot: '(@sinclair/typebox|^crypto$|^node:crypto$)',
      },
    },
    {
      name: 'only-the-store-talks-to-stores',
      comment: 'The event store is reached through its port; its client libraries stay inside it.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/event-store/' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'library-by-its-door',
      comment: 'A library is entered through its index.ts.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/', pathNot: '\\.spec\\.tsx?$' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^libs/[^/]+/index\\.ts$', '^$1/$2/'] },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'Only standalone puts the other apps together.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.tsx?$' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
