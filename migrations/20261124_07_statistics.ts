import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The counters of a member of the programme in an area in a month. Kept by workers from events; a recount must give the same
    create table statistics_cells (
      -- null: people outside the programme, so that everything counted stands in some cell
      member_id uuid references bodies,
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
      minutes bigint not null default 0,
      -- Attempts closed in the month, and passed
      attempts integer not null default 0,
      passed integer not null default 0,
      updated_at timestamptz not null default now(),
      unique nulls not distinct (member_id, area_code, month)
    );

    -- Cells that an enrolment may have counted in before it moved to another member or was activated anew: the row itself tells only
    -- where it counts now, and without this the cell it left would never be counted again
    create table statistics_departures (
      id uuid primary key default uuidv7(),
      enrolment_id uuid not null references enrolments on delete cascade,
      member_id uuid references bodies,
      activated_at timestamptz,
      completed_at timestamptz
    );
    create index statistics_departures_enrolment on statistics_departures (enrolment_id);
    create function note_departure() returns trigger language plpgsql as $$
      begin
        insert into statistics_departures (enrolment_id, member_id, activated_at, completed_at)
        values (old.id, old.member_id, old.activated_at, old.completed_at);
        return null;
      end $$;
    create trigger enrolments_departure after update on enrolments for each row
      when (old.activated_at is not null and (old.member_id, old.activated_at) is distinct from (new.member_id, new.activated_at)
         or old.completed_at is not null and (old.member_id, old.completed_at) is distinct from (new.member_id, new.completed_at)
         or old.member_id is distinct from new.member_id)
      execute function note_departure();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger enrolments_departure on enrolments;
    drop function note_departure();
    drop table statistics_departures, statistics_cells;
  `);
}
