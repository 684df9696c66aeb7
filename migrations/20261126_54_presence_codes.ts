import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What the changing codes of a lesson in a physical room are made with
    create table presence_codes (
      webinar_id uuid primary key references webinars on delete cascade,
      secret bytea not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table presence_codes');
}
