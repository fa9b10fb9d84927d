import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { assetCommands, shapeErrors } from '#domain';
import { isCoordinateSystem } from './coordinate-systems';

const precision = Type.Union([
  Type.Literal('exact'),
  Type.Literal('street'),
  Type.Literal('locality'),
  Type.Literal('municipality'),
]);

/** A point in plane coordinates, and how exact the source lets one call it. Patterns are regular expressions that do not mind case. */
const positionSource = Type.Object(
  {
    /** A code of `coordinateSystems`, such as EPSG:3003. */
    crs: Type.String(),
    east: Type.String(),
    north: Type.String(),
    /** The area the source is about, in degrees (WGS 84); a point outside it is left out with a warning. */
    within: Type.Object(
      { west: Type.Number(), south: Type.Number(), east: Type.Number(), north: Type.Number() },
      { additionalProperties: false },
    ),
    /** The first case whose column matches says it. */
    precision: Type.Object(
      {
        cases: Type.Array(
          Type.Object(
            { column: Type.String(), matches: Type.String(), is: precision },
            { additionalProperties: false },
          ),
        ),
        otherwise: precision,
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** Where a value comes from: a column, perhaps read in a certain way and looked up in a table; or always the same. */
const valueSource = Type.Object(
  {
    column: Type.Optional(Type.String()),
    /** Columns read as one word, `first + second` without the empty ones; to be looked up in a table. */
    columns: Type.Optional(Type.Array(Type.String(), { minItems: 2 })),
    constant: Type.Optional(Type.Unknown()),
    position: Type.Optional(positionSource),
    /** `percent` leaves out 0 with a warning; `date-dmy` is dd/mm/yyyy. */
    as: Type.Optional(Type.Union([Type.Literal('text'), Type.Literal('percent'), Type.Literal('date-dmy')])),
    /** Name of a table; a word that is not in it refuses the row. */
    table: Type.Optional(Type.String()),
    /** Left out when the cell is one of these. */
    not: Type.Optional(Type.Array(Type.String())),
    /** Words the source spells in several ways, and the one to keep. */
    spelling: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
);

/** What can stand in a column; all that is given must hold. */
const columnRule = Type.Object(
  {
    /** Ends the sentence "Not …". */
    what: Type.String(),
    oneOf: Type.Optional(Type.Array(Type.String())),
    /** One of the words of a table. */
    table: Type.Optional(Type.String()),
    /** A regular expression that does not mind case. */
    matches: Type.Optional(Type.String()),
    mayBeEmpty: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const step = Type.Object(
  {
    command: Type.String(),
    /** Left out, with the warning of the word, where the columns (read as one word) say too little for it. */
    unless: Type.Optional(
      Type.Object(
        { columns: Type.Array(Type.String(), { minItems: 1 }), words: Type.Record(Type.String(), Type.String()) },
        { additionalProperties: false },
      ),
    ),
    /** Left out where the row has none of its data. */
    onlyWithData: Type.Optional(Type.Boolean()),
    occurredOn: Type.Optional(valueSource),
    /** Path in the entry's data, with dots, to where its value comes from. */
    data: Type.Record(Type.String(), valueSource),
  },
  { additionalProperties: false },
);

const layout = Type.Object(
  {
    name: Type.String(),
    /** Columns that must be there; with `when` it tells which layout a file has. */
    header: Type.Array(Type.String(), { minItems: 1 }),
    when: Type.Optional(Type.Object({ column: Type.String(), equals: Type.String() }, { additionalProperties: false })),
    /** The column whose code is the asset's own in this source. */
    identity: Type.String(),
    /** Further columns that hold codes of the asset, each with its identifier scheme. */
    identifiers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** What every row proves, in order. */
    steps: Type.Array(step, { minItems: 1 }),
    /** What the stage named in a column proves beside that; the empty word stands for an empty cell. */
    stages: Type.Optional(
      Type.Object(
        {
          column: Type.String(),
          words: Type.Record(
            Type.String(),
            Type.Object(
              { steps: Type.Array(step), warning: Type.Optional(Type.String()) },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    /** What every row proves beyond its stage, in order, such as what was decided once it was final. */
    after: Type.Optional(Type.Array(step)),
    /** What can stand in columns, beside what the profile says of all its layouts. */
    columns: Type.Optional(Type.Record(Type.String(), columnRule)),
    /** Rows for which these do not hold are refused. */
    checks: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Object({ check: Type.Literal('year-of-date'), date: Type.String(), year: Type.String() }),
          Type.Object({
            check: Type.Literal('not-older-than-proceeding'),
            date: Type.String(),
            proceeding: Type.String(),
          }),
        ]),
      ),
    ),
    /** Columns whose emptiness is worth a warning. */
    warnIfEmpty: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);

const profileSchema = Type.Object(
  {
    name: Type.String(),
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    /** The identifier scheme of the identity columns. */
    scheme: Type.String(),
    delimiter: Type.String({ minLength: 1, maxLength: 1 }),
    tables: Type.Record(Type.String(), Type.Record(Type.String(), Type.String())),
    /** Coordinate systems by their code: a proj4 definition, and where it was taken from. */
    coordinateSystems: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ definition: Type.String(), source: Type.String() }, { additionalProperties: false }),
      ),
    ),
    /** What can stand in columns; a row with another value is refused as a whole. */
    columns: Type.Optional(Type.Record(Type.String(), columnRule)),
    layouts: Type.Array(layout, { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** How files of one source become commands: data, not code. A new source is a new JSON file in profiles/. */
export type MappingProfile = Static<typeof profileSchema>;
export type Layout = Static<typeof layout>;
export type Step = Static<typeof step>;
export type ValueSource = Static<typeof valueSource>;
export type PositionSource = Static<typeof positionSource>;
export type ColumnRule = Static<typeof columnRule>;

/** Something is wrong with the import as a whole: profile, file, header or encoding. The message says what to do. */
export class ImportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportError';
  }
}

const folder = join(__dirname, 'profiles');

export const profileNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));

/** The mapping profile of that name; throws ImportError. */
export function mappingProfile(name: string): MappingProfile {
  if (!profileNames().includes(name))
    throw new ImportError(`There is no profile "${name}". Use one of: ${profileNames().join(', ')}.`);
  return checkedProfile(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')), name);
}

/** Throws ImportError with the place of the first thing wrong. */
export function checkedProfile(value: unknown, name: string): MappingProfile {
  const [error] = shapeErrors(profileSchema, value);
  if (error) throw new ImportError(`The profile "${name}" is wrong at ${error.pointer || '/'}: ${error.detail}`);
  const profile = value as MappingProfile;
  for (const each of profile.layouts) checkLayout(each, profile, name);
  for (const [code, { definition }] of Object.entries(profile.coordinateSystems ?? {})) {
    if (!isCoordinateSystem(definition))
      throw new ImportError(`The profile "${name}" defines ${code} in a way proj4 does not understand.`);
  }
  return profile;
}

function checkLayout(layout: Layout, profile: MappingProfile, name: string): void {
  const staged = Object.values(layout.stages?.words ?? {}).flatMap((word) => word.steps);
  const steps = [...layout.steps, ...staged, ...(layout.after ?? [])];
  for (const { command } of steps) {
    if (!assetCommands.has(command))
      throw new ImportError(`The profile "${name}" names the command "${command}", which does not exist.`);
  }
  const sources = steps.flatMap(({ data }) => Object.values(data));
  const rules = Object.values({ ...profile.columns, ...layout.columns });
  for (const { table } of [...sources, ...rules]) {
    if (table !== undefined && !(table in profile.tables))
      throw new ImportError(`The profile "${name}" names the table "${table}", which it does not have.`);
  }
  for (const { columns, table } of sources) {
    if (columns && table === undefined)
      throw new ImportError(`The profile "${name}" reads ${columns.join(' + ')} as one word, but in no table.`);
  }
  const positions = sources.flatMap(({ position }) => position ?? []);
  for (const { crs } of positions) {
    if (!(crs in (profile.coordinateSystems ?? {})))
      throw new ImportError(`The profile "${name}" names ${crs}, which it does not define.`);
  }
  for (const { matches } of [...rules, ...positions.flatMap(({ precision: { cases } }) => cases)]) {
    if (matches !== undefined && !isPattern(matches))
      throw new ImportError(`The profile "${name}" has the pattern "${matches}", which is no regular expression.`);
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}
