import type { Column, Table, Value } from '../projection';

/** A piece of SQL with its parameters, written with `?`. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

/** What the engine and the queries need to know of a database's own way of speaking. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  createTable(table: Table, physicalName: string): string[];
  /** Indexes come after the rows of a build, for that is much faster. */
  createIndexes(table: Table, physicalName: string): string[];
  dropTable(table: Table, physicalName: string): string[];
  /** A condition that holds where all words begin a word of the searchable column, with its parameters. */
  search(table: Table, physicalName: string, words: readonly string[]): Statement;
  /** The same where each is a whole word of the column. */
  searchWhole(table: Table, physicalName: string, words: readonly string[]): Statement;
  /**
   * How to look through the rows in their own order instead of asking the index of words, which gives all that match before the first can be shown: much sooner where many do. The words of the column must
   * be parted by single blanks. Left out where the database chooses by itself.
   */
  readonly inOrder?: {
    /** One row for each match, of the index of words alone. */
    matches(physicalName: string, words: readonly string[]): Statement;
    where(table: Table, words: readonly string[]): Statement;
  };
  /** The statement in the form the driver wants it. */
  native(sql: string): string;
}

/** The rows of a table whose first key column is among some keys, however many these are. */
export function rowsWithKeys({ name }: Dialect, table: Table, physicalName: string, keys: readonly string[]): Statement {
  const among =
    name === 'sqlite'
      ? 'IN (SELECT value FROM json_each(?))'
      : '= ANY(ARRAY(SELECT json_array_elements_text(?::json)))';
  return {
    sql: `SELECT * FROM ${physicalName} WHERE ${table.key[0]} ${among}`,
    parameters: [JSON.stringify(keys)],
  };
}

const columnList = (table: Table, types: Record<Column['type'], string>): string =>
  Object.entries(table.columns)
    .map(([name, { type, nullable }]) => `${name} ${types[type]}${nullable ? '' : ' NOT NULL'}`)
    .join(', ');

const indexes = ({ indexes: full = [], sparse = [] }: Table, physicalName: string): string[] => [
  ...full.map(
    (columns, place) =>
      `CREATE INDEX IF NOT EXISTS ${physicalName}_by_${place} ON ${physicalName} (${columns.join(', ')})`,
  ),
  ...sparse.map(
    (columns, place) =>
      `CREATE INDEX IF NOT EXISTS ${physicalName}_where_${place} ON ${physicalName} (${columns.join(', ')}) WHERE ${columns[0]} IS NOT NULL`,
  ),
];

function matches(name: string, words: readonly string[], beginning = '*'): Statement {
  const match = words.map((word) => `"${word.replaceAll('"', '""')}"${beginning}`).join(' ');
  return { sql: `SELECT rowid FROM ${name}_words WHERE ${name}_words MATCH ?`, parameters: [match] };
}

export const sqlite: Dialect = {
  name: 'sqlite',

  createTable(table, name) {
    const columns = columnList(table, { text: 'TEXT', integer: 'INTEGER', real: 'REAL' });
    const key = table.key.join(', ');
    // Rows lie in the order they came, with their keys in an index beside them: rows in the order of random keys cost a page each. The
    // full-text index refers to rows by number, so a searchable table needs numbers that never change.
    return table.searchable === undefined
      ? [`CREATE TABLE ${name} (${columns}, PRIMARY KEY (${key}))`]
      : [`CREATE TABLE ${name} (row_number INTEGER PRIMARY KEY, ${columns}, UNIQUE (${key}))`];
  },

  createIndexes(table, name) {
    const column = table.searchable;
    if (column === undefined) return indexes(table, name);
    const words = `${name}_words`;
    const remove = `INSERT INTO ${words}(${words}, rowid, ${column}) VALUES ('delete', old.row_number, old.${column});`;
    const add = `INSERT INTO ${words}(rowid, ${column}) VALUES (new.row_number, new.${column});`;
    return [
      ...indexes(table, name),
      `CREATE VIRTUAL TABLE ${words} USING fts5(${column}, content='${name}', content_rowid='row_number', prefix='2 3', tokenize="unicode61 remove_diacritics 2 tokenchars '-'")`,
      `INSERT INTO ${words}(${words}) VALUES ('rebuild')`,
      `CREATE TRIGGER ${words}_insert AFTER INSERT ON ${name} BEGIN ${add} END`,
      `CREATE TRIGGER ${words}_delete AFTER DELETE ON ${name} BEGIN ${remove} END`,
      `CREATE TRIGGER ${words}_update AFTER UPDATE OF ${column} ON ${name} WHEN old.${column} IS NOT new.${column} BEGIN ${remove} ${add} END`,
    ];
  },

  dropTable(table, name) {
    const dropped = [`DROP TABLE IF EXISTS ${name}`];
    return table.searchable === undefined ? dropped : [`DROP TABLE IF EXISTS ${name}_words`, ...dropped];
  },

  search(_, name, words) {
    const { sql, parameters } = matches(name, words);
    return { sql: `row_number IN (${sql})`, parameters };
  },

  searchWhole(_, name, words) {
    const { sql, parameters } = matches(name, words, '');
    return { sql: `row_number IN (${sql})`, parameters };
  },

  inOrder: {
    matches: (name, words) => matches(name, words),
    // Words are letters, digits and hyphens, and so is what lies between the blanks of a searchable column: nothing to escape.
    where: ({ searchable }, words) => ({
      sql: words.map(() => `(' ' || ${searchable}) LIKE ?`).join(' AND '),
      parameters: words.map((word) => `% ${word}%`),
    }),
  },

  native: (sql) => sql,
};

function vectorHolds(column: string | undefined, words: readonly string[], beginning: string): Statement {
  const match = words.map((word) => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'${beginning}`).join(' & ');
  return { sql: `to_tsvector('simple', ${column}) @@ to_tsquery('simple', ?)`, parameters: [match] };
}

export const postgres: Dialect = {
  name: 'postgres',

  createTable(table, name) {
    const columns = columnList(table, { text: 'text COLLATE "C"', integer: 'bigint', real: 'double precision' });
    return [`CREATE TABLE ${name} (${columns}, PRIMARY KEY (${table.key.join(', ')}))`];
  },

  createIndexes(table, name) {
    const column = table.searchable;
    if (column === undefined) return indexes(table, name);
    return [
      ...indexes(table, name),
      `CREATE INDEX ${name}_words ON ${name} USING gin (to_tsvector('simple', ${column}))`,
    ];
  },

  dropTable: (_, name) => [`DROP TABLE IF EXISTS ${name}`],

  search: ({ searchable }, _, words) => vectorHolds(searchable, words, ':*'),

  searchWhole: ({ searchable }, _, words) => vectorHolds(searchable, words, ''),

  native(sql) {
    let place = 0;
    return sql.replace(/\?/g, () => `$${(place += 1)}`);
  },
};
