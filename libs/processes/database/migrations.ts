import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table, TableIndex } from 'typeorm';

/**
 * How far each process has come and why it stopped; the state of each key with the instant it waits for; every effect there ever was with what became of it; what
 * is sent to whom; and since when this outbox keeps count.
 */
export class Processes1764100000000 implements MigrationInterface {
  readonly name = 'Processes1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    const text = runner.connection.options.type === 'postgres' ? 'text' : 'varchar';
    const column = (name: string, type = text, more: object = {}) => ({ name, type, ...more });
    const key = { isPrimary: true };
    const maybe = { isNullable: true };
    const create = (name: string, columns: ReturnType<typeof column>[]) =>
      runner.createTable(new Table({ name, columns }));
    await create('outbox', [column('born', text, key)]);
    await create('processes', [
      column('name', text, key),
      column('version', 'integer'),
      column('checkpoint', 'bigint'),
      column('applied', 'bigint'),
      column('clock'),
      column('stopped_at', 'bigint', maybe),
      column('stopped_event', text, maybe),
      column('stopped_reason', text, maybe),
    ]);
    await create('process_states', [
      column('process', text, key),
      column('key', text, key),
      column('state'),
      column('wake_at', text, maybe),
    ]);
    await create('effects', [
      column('id', text, key),
      column('process'),
      column('key'),
      column('kind'),
      column('what'),
      column('at'),
      column('status'),
      column('payload', text, maybe),
      column('detail', text, maybe),
    ]);
    await create('deliveries', [
      column('id', text, key),
      column('notice'),
      column('address'),
      column('language'),
      column('status'),
      column('attempts', 'integer'),
      column('next_at'),
      column('detail', text, maybe),
    ]);
    const index = (table: string, name: string, columnNames: string[]) =>
      runner.createIndex(table, new TableIndex({ name, columnNames }));
    await index('process_states', 'process_states_by_wake', ['process', 'wake_at']);
    await index('effects', 'effects_by_status', ['status', 'at']);
    await index('deliveries', 'deliveries_by_status', ['status', 'next_at']);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['deliveries', 'effects', 'process_states', 'processes', 'outbox']) await runner.dropTable(name);
  }
}

export const migrations = [Processes1764100000000];
