import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table, TableColumn } from 'typeorm';

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

/** The chapters' reports had histories of their own before they came to share that of the register. Forgotten here, for no code knows them any more, and one that never moves would hold back what readers wait for. */
export class ChaptersShareOneHistory1764200000000 implements MigrationInterface {
  readonly name = 'ChaptersShareOneHistory1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [projection, table] of [
      ['money', 'money'],
      ['support', 'support'],
      ['use', 'use_records'],
      ['assigned', 'assigned'],
    ] as const) {
      for (const name of [table, `${projection}_totals`, `${projection}_state`])
        await runner.query(`DROP TABLE IF EXISTS ${name}_v1`);
      await runner.query(`DELETE FROM projections WHERE name = '${projection}'`);
    }
  }

  async down(): Promise<void> {
    // Older code builds them anew: all in them follows from the log.
  }
}

/** Where each event stands in the transparency log: see LeafIndex. */
export class LeafPlaces1764300000000 implements MigrationInterface {
  readonly name = 'LeafPlaces1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'text' : 'varchar';
    await runner.createTable(
      new Table({
        name: 'leaf_places',
        columns: [
          { name: 'event', type: text, isPrimary: true },
          { name: 'leaf', type: 'bigint', isUnique: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('leaf_places');
  }
}

/** How far a version has come that is built from the log gathered by streams: see engine/gathering.ts. */
export class GatheredLogs1764400000000 implements MigrationInterface {
  readonly name = 'GatheredLogs1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns(
      'projections',
      ['gathered_to', 'gathered_parts', 'gathered_taken'].map(
        (name) => new TableColumn({ name, type: 'bigint', isNullable: true }),
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('projections', ['gathered_to', 'gathered_parts', 'gathered_taken']);
  }
}

export const migrations = [
  Projections1764000000000,
  ChaptersShareOneHistory1764200000000,
  LeafPlaces1764300000000,
  GatheredLogs1764400000000,
];
