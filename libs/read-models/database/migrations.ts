import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table } from 'typeorm';

/**
 * What outlives every projection: which version of each is live, how far it has come, why it stopped. The projections' own tables are not
 * migrated but built anew by the engine, since all they hold follows from the log.
 */
export class Projections1764000000000 implements MigrationInterface {
  readonly name = 'Projections1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'text' : 'varchar';
    await runner.createTable(
      new Table({
        name: 'projections',
        columns: [
          { name: 'name', type: text, isPrimary: true },
          { name: 'version', type: 'integer', isPrimary: true },
          { name: 'live', type: 'integer' },
          { name: 'checkpoint', type: 'bigint' },
          { name: 'applied', type: 'bigint' },
          { name: 'stopped_at', type: 'bigint', isNullable: true },
          { name: 'stopped_event', type: text, isNullable: true },
          { name: 'stopped_reason', type: text, isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('projections');
  }
}

export const migrations = [Projections1764000000000];
