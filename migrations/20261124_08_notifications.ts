import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table notices (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people on delete cascade,
      kind text not null,
      -- What the text needs: titles, links, never another person's e-mail
      params jsonb not null default '{}',
      link text,
      -- The same cause never notifies twice
      key text not null unique,
      created_at timestamptz not null default now(),
      read_at timestamptz
    );
    create index notices_person on notices (person_id, id);
    create index notices_unread on notices (person_id) where read_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table notices;`);
}
