import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The counters of a member of the programme in an area in a month. Kept by workers from events; a recount must give the same
    create table statistics_cells (
      member_id uuid not null references bodies,
      area_code text not null references areas,
      -- The first day of the month, Europe/Rome
      month date not null,
      -- Seats taken in the month, withdrawn or not since
      enrolled integer not null default 0,
      -- Of those, still active
      active integer not null default 0,
      -- Enrolments completed in the month
      completed integer not null default 0,
      -- Certificates issued in the month and not revoked
      certified integer not null default 0,
      -- People whose first valid certificate of the area is of this month: these count for the target
      people integer not null default 0,
      minutes integer not null default 0,
      -- Attempts closed in the month, and passed
      attempts integer not null default 0,
      passed integer not null default 0,
      updated_at timestamptz not null default now(),
      primary key (member_id, area_code, month)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table statistics_cells;`);
}
