import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What who runs a room wants everybody to know until it is withdrawn
    create table room_announcements (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references webinars on delete cascade,
      author_id uuid not null references people,
      -- The browser's own id of the form: sent twice, it is one
      client_id uuid not null,
      text text not null,
      at timestamptz not null,
      withdrawn_at timestamptz,
      withdrawn_by uuid references people,
      unique (webinar_id, author_id, client_id)
    );
    -- Those that stand, for everybody who comes in
    create index room_announcements_standing on room_announcements (webinar_id, at) where withdrawn_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table room_announcements');
}
