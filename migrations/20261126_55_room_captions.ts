import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What was said and taken away again keeps its number: who listens counts on
    alter table room_talks add column last_caption integer not null default 0;

    -- What is said in a live room, written while it is said by somebody who runs it
    create table room_captions (
      webinar_id uuid not null references webinars on delete cascade,
      sequence integer not null check (sequence > 0),
      author_id uuid not null references people,
      -- The browser's own id of the line: sent twice, it is one
      client_id uuid not null,
      text text not null,
      -- When its first word was typed, and when it was sent
      began_at timestamptz not null,
      at timestamptz not null,
      primary key (webinar_id, sequence),
      unique (webinar_id, author_id, client_id),
      check (began_at <= at)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table room_captions; alter table room_talks drop column last_caption');
}
