import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The boundaries that an operator imported, drawn once: one row, replaced by the next import
    create table boundaries (
      one boolean primary key default true check (one),
      file_name text not null,
      sha256 text not null,
      -- Size of the drawing that the paths are in
      width integer not null,
      height integer not null,
      -- [{ istatCode, path }], each an SVG path; whose colour a unit wears is asked of the attributions when it is shown
      shapes jsonb not null,
      imported_at timestamptz not null default now()
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table boundaries;`);
}
