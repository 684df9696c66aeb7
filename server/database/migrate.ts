import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Knex } from 'knex';
import pg from 'pg';

const FOLDER = join(import.meta.dirname, '../../migrations');

/** Any number, the same in every process: only one migrates at a time. */
const MIGRATION_LOCK = 7242;

const source: Knex.MigrationSource<string> = {
  async getMigrations() {
    return (await readdir(FOLDER)).filter((name) => /^\d{8}.*\.ts$/.test(name)).sort();
  },
  getMigrationName: (name) => name.replace(/\.ts$/, ''),
  async getMigration(name) {
    return (await import(pathToFileURL(join(FOLDER, name)).href)) as Knex.Migration;
  },
};

/**
 * Brings the database to the present schema. Safe when several processes start at once: knex's own lock gives up, this one waits.
 * @param first what must stand before our tables (the schema of the jobs).
 */
export async function migrate(knex: Knex, url: string, first: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await first(client);
    await knex.migrate.latest({ migrationSource: source });
  } finally {
    await client.end();
  }
}

/** Takes the last batch of migrations back. */
export async function rollback(knex: Knex): Promise<void> {
  await knex.migrate.rollback({ migrationSource: source }, true);
}
