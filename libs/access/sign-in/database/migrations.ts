import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';
import { Table } from 'typeorm';

const text = (name: string): TableColumnOptions => ({ name, type: 'varchar' });
const number = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const key = (name: string): TableColumnOptions => ({ ...text(name), isPrimary: true });
const perhaps = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

interface Layout {
  readonly columns: readonly TableColumnOptions[];
  readonly unique?: readonly string[];
  readonly indexed?: readonly string[];
}

const tables: Readonly<Record<string, Layout>> = {
  credentials: {
    columns: [
      key('account'),
      text('user_name'),
      perhaps(text('password_hash')),
      perhaps(text('totp_secret')),
      perhaps(text('totp_proposed')),
      number('totp_step'),
      number('made_at'),
    ],
    unique: ['user_name'],
  },
  recovery_codes: { columns: [key('digest'), text('account')], indexed: ['account'] },
  external_identities: {
    columns: [key('issuer'), key('subject'), text('account'), number('linked_at')],
    indexed: ['account'],
  },
  awaited_identities: { columns: [key('issuer'), key('email'), text('account'), number('ends_at')] },
  sessions: {
    columns: [
      key('digest'),
      text('id'),
      text('account'),
      text('stage'),
      text('signed_in_by'),
      text('browser'),
      number('made_at'),
      number('seen_at'),
      number('idle_ends_at'),
      number('ends_at'),
    ],
    unique: ['id'],
    indexed: ['account', 'ends_at'],
  },
  api_tokens: {
    columns: [
      key('id'),
      text('digest'),
      text('account'),
      text('name'),
      text('scopes'),
      number('made_at'),
      number('ends_at'),
      perhaps(number('revoked_at')),
      perhaps(number('used_at')),
    ],
    unique: ['digest'],
    indexed: ['account'],
  },
  one_time_tokens: { columns: [key('digest'), text('purpose'), perhaps(text('account')), number('ends_at')] },
  throttles: {
    columns: [key('key'), number('failures'), number('locked_until'), number('last_at')],
    indexed: ['last_at'],
  },
};

/** Everything sign-in keeps. Nothing of it follows from the log, so it is migrated and backed up, never built anew. */
export class SignIn1764200000000 implements MigrationInterface {
  readonly name = 'SignIn1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, { columns, unique = [], indexed = [] }] of Object.entries(tables)) {
      await runner.createTable(
        new Table({
          name: pathOf(runner, name),
          columns: [...columns],
          uniques: unique.map((column) => ({ name: `${name}_${column}_once`, columnNames: [column] })),
          indices: indexed.map((column) => ({ name: `${name}_by_${column}`, columnNames: [column] })),
        }),
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(pathOf(runner, name));
  }
}

/** On PostgreSQL the tables lie in a schema of their own. */
function pathOf({ connection: { options } }: QueryRunner, name: string): string {
  return 'schema' in options && options.schema !== undefined ? `${options.schema}.${name}` : name;
}

export const migrations = [SignIn1764200000000];
