import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A live event: an open webinar, or a virtual classroom with its register
    create table webinars (
      id uuid primary key default uuidv7(),
      -- In its address
      number integer generated always as identity unique,
      kind text not null check (kind in ('open', 'class')),
      title text not null,
      summary text not null default '',
      starts_at timestamptz not null,
      ends_at timestamptz not null check (ends_at > starts_at),
      -- When this date was set: a reminder that was due before it is not sent
      scheduled_at timestamptz not null,
      capacity integer check (capacity > 0),
      seats_per_member integer check (seats_per_member > 0),
      -- Part of the minutes that who attends must be there for
      threshold_percent integer not null default 80 check (threshold_percent between 1 and 100),
      -- Of an edition: who is enrolled in it is registered
      edition_id uuid references editions,
      -- The lesson that it stands for, by the key that survives versions
      lesson_key text,
      -- Of a network: who reads the network knows of it
      network_id uuid references networks,
      organiser_id uuid not null references people,
      -- What is asked at registration: [{ key, text, required }]
      questions jsonb not null default '[]',
      -- The meetings that were scheduled together
      series_id uuid,
      -- The browser's own id of the form: sent twice, it is one webinar (with its place in the series)
      client_id uuid not null,
      series_place integer not null default 1,
      created_at timestamptz not null,
      -- SEQUENCE of iCalendar: every change that matters to a calendar adds one
      calendar_sequence integer not null default 0,
      cancelled_at timestamptz,
      cancelled_by uuid references people,
      cancel_reason text,
      opened_at timestamptz,
      closed_at timestamptz,
      register_locked_at timestamptz,
      register_locked_by uuid references people,
      -- The log counts up to here; after it only corrections do
      register_sequence integer,
      unique (organiser_id, client_id, series_place),
      check (edition_id is null or network_id is null),
      check (edition_id is not null or lesson_key is null),
      check ((cancelled_at is null) = (cancel_reason is null))
    );
    -- What comes, what was, and whose reminder is due
    create index webinars_starts on webinars (starts_at, id);
    create index webinars_edition on webinars (edition_id, starts_at) where edition_id is not null;
    create index webinars_network on webinars (network_id, starts_at) where network_id is not null;
    create index webinars_series on webinars (series_id, starts_at) where series_id is not null;

    create table webinar_staff (
      webinar_id uuid not null references webinars on delete cascade,
      person_id uuid not null references people,
      role text not null check (role in ('organiser', 'presenter', 'co-presenter', 'moderator', 'inspector')),
      primary key (webinar_id, person_id)
    );
    -- A person's own events
    create index webinar_staff_person on webinar_staff (person_id);

    -- A person's place, or her turn on the waiting list
    create table webinar_seats (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references webinars on delete cascade,
      person_id uuid not null references people,
      status text not null check (status in ('registered', 'waiting', 'withdrawn')),
      -- For whom she comes, and in whose seats she counts
      body_id uuid not null references bodies,
      member_id uuid references bodies,
      answers jsonb not null default '{}',
      -- Since when she has this status: the order of the waiting list
      at timestamptz not null,
      -- Counts her changes: each is told once
      revision integer not null default 1,
      unique (webinar_id, person_id)
    );
    create index webinar_seats_webinar on webinar_seats (webinar_id, status, at, id);
    create index webinar_seats_person on webinar_seats (person_id, status);

    -- Breaks do not count as time attended; an end that is null: the break is on
    create table webinar_breaks (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references webinars on delete cascade,
      starts_at timestamptz not null,
      ends_at timestamptz check (ends_at > starts_at)
    );
    create unique index webinar_breaks_on on webinar_breaks (webinar_id) where ends_at is null;
    create index webinar_breaks_webinar on webinar_breaks (webinar_id, starts_at);

    -- Who was sent out of a room and may not come back
    create table webinar_removals (
      webinar_id uuid not null references webinars on delete cascade,
      person_id uuid not null references people,
      at timestamptz not null,
      by uuid not null references people,
      reason text,
      primary key (webinar_id, person_id)
    );

    -- A process that serves rooms says every second that it lives: what it can no longer tell ended then
    create table presence_processes (
      id uuid primary key,
      seen_at timestamptz not null,
      -- Found dead: its connections were closed
      ended_at timestamptz
    );
    create index presence_processes_alive on presence_processes (seen_at) where ended_at is null;

    -- Where each chain ends: the row that is locked to add to it
    create table presence_heads (
      webinar_id uuid primary key references webinars,
      sequence integer not null default 0,
      hash text not null default ''
    );

    -- Who was there when: append-only, each entry sealed with the one before
    create table presence_log (
      webinar_id uuid not null references webinars,
      sequence integer not null,
      person_id uuid not null references people,
      -- Each socket has its own; a correction has the browser's id of the form: sent twice, it is one
      connection uuid not null,
      -- 'alive': the connection was there until then after all
      what text not null check (what in ('join', 'leave', 'alive', 'correction')),
      at timestamptz not null,
      role text not null check (role in ('organiser', 'presenter', 'co-presenter', 'moderator', 'attendee', 'inspector')),
      -- Of a correction: minutes more, or fewer
      minutes integer,
      by uuid references people,
      reason text,
      process uuid references presence_processes,
      previous text not null,
      hash text not null,
      primary key (webinar_id, sequence),
      check (what <> 'correction' or (minutes is not null and minutes <> 0 and by is not null and reason is not null))
    );
    -- Said twice, it happened once
    create unique index presence_log_connection on presence_log (webinar_id, connection, what);
    -- What a process left open
    create index presence_log_process on presence_log (process) where what = 'join';
    create trigger presence_log_append_only before update or delete on presence_log for each row execute function append_only();

    -- Reminders that went out, for the date for which they did
    create table webinar_reminders (
      webinar_id uuid not null references webinars on delete cascade,
      kind text not null check (kind in ('week', 'day', 'hour')),
      starts_at timestamptz not null,
      at timestamptz not null,
      primary key (webinar_id, kind, starts_at)
    );

    -- The secret address of a person's calendar; only its digest is kept
    create table calendar_feeds (
      person_id uuid primary key references people on delete cascade,
      digest text not null unique,
      created_at timestamptz not null
    );

    -- An invitation, update or cancellation that goes with a mail
    alter table mails add column calendar jsonb;

    -- The live minutes that an edition plans, by what plans them: attendance is measured against their sum
    create table planned_sessions (
      source_key text primary key,
      edition_id uuid not null references editions,
      minutes integer not null check (minutes > 0),
      day date not null
    );
    create index planned_sessions_edition on planned_sessions (edition_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table planned_sessions;
    alter table mails drop column calendar;
    drop table calendar_feeds, webinar_reminders, presence_log, presence_heads, presence_processes, webinar_removals, webinar_breaks, webinar_seats, webinar_staff, webinars;
  `);
}
