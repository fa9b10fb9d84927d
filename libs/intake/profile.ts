import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { assetCommands, shapeErrors } from '#domain';

/** Where a value comes from: a column, perhaps read in a certain way and looked up in a table; or always the same. */
const valueSource = Type.Object(
  {
    column: Type.Optional(Type.String()),
    constant: Type.Optional(Type.Unknown()),
    /** `percent` leaves out 0 with a warning; `date-dmy` is dd/mm/yyyy. */
    as: Type.Optional(Type.Union([Type.Literal('text'), Type.Literal('percent'), Type.Literal('date-dmy')])),
    /** Name of a table; a word that is not in it refuses the row. */
    table: Type.Optional(Type.String()),
    /** Left out when the cell is one of these. */
    not: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);

const step = Type.Object(
  {
    command: Type.String(),
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
    layouts: Type.Array(layout, { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** How files of one source become commands: data, not code. A new source is a new JSON file in profiles/. */
export type MappingProfile = Static<typeof profileSchema>;
export type Layout = Static<typeof layout>;
export type Step = Static<typeof step>;
export type ValueSource = Static<typeof valueSource>;

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
  for (const each of profile.layouts) {
    const steps = [...each.steps, ...Object.values(each.stages?.words ?? {}).flatMap((word) => word.steps)];
    for (const { command, data } of steps) {
      if (!assetCommands.has(command))
        throw new ImportError(`The profile "${name}" names the command "${command}", which does not exist.`);
      const table = Object.values(data).find(
        (source) => source.table !== undefined && !(source.table in profile.tables),
      )?.table;
      if (table !== undefined)
        throw new ImportError(`The profile "${name}" names the table "${table}", which it does not have.`);
    }
  }
  return profile;
}
