import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Whether what is said and shown may be recorded: told to everybody before they come in
    alter table webinars add column recorded boolean not null default false;

    -- What is kept of a webinar. Its clock begins with the first time that somebody pressed the button; all times below are on it
    create table recordings (
      webinar_id uuid primary key references webinars on delete cascade,
      -- Zero of its clock
      starts_at timestamptz not null,
      state text not null default 'recording' check (state in ('recording', 'ready', 'empty', 'deleted')),
      -- Who sees it: who runs the webinar, who had a place in its room, the network's members, whoever may know of the webinar
      visibility text not null default 'room' check (visibility in ('staff', 'room', 'network', 'public')),
      duration_ms integer not null default 0,
      -- Which packet logs the files were made of: made once of the same
      source text,
      ready_at timestamptz,
      -- What is missing because the disk took no more: [[from, to]] in ms
      gaps jsonb not null default '[]',
      keep_until date not null,
      deleted_at timestamptz,
      -- null with a date: the time was over
      deleted_by uuid references people,
      delete_reason text,
      check ((state = 'deleted') = (deleted_at is not null))
    );
    -- Whose time is over, each night
    create index recordings_keep on recordings (keep_until) where deleted_at is null;

    -- Each time that the recording was switched on, and off again: by whom
    create table recording_runs (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references recordings on delete cascade,
      started_at timestamptz not null,
      started_by uuid not null references people,
      stopped_at timestamptz,
      -- null with a moment: the webinar ended
      stopped_by uuid references people,
      check (stopped_at >= started_at)
    );
    -- A recording is on once
    create unique index recording_runs_on on recording_runs (webinar_id) where stopped_at is null;
    create index recording_runs_webinar on recording_runs (webinar_id, started_at);

    -- What the player plays
    create table recording_files (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references recordings on delete cascade,
      kind text not null check (kind in ('camera', 'screen', 'audio')),
      person_id uuid not null references people,
      position integer not null,
      media_type text not null,
      digest text not null,
      bytes bigint not null,
      duration_ms integer not null,
      width integer,
      height integer,
      -- When there is something to see, and something to hear: [[from, to]] in ms
      seen jsonb not null default '[]',
      heard jsonb not null default '[]',
      unique (webinar_id, position)
    );
    -- Whether a stored file is still somebody's, before it is forgotten
    create index recording_files_digest on recording_files (digest);

    -- Places with a name, set by who runs the webinar
    create table recording_marks (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references webinars on delete cascade,
      at timestamptz not null,
      title text not null,
      author_id uuid not null references people,
      -- The browser's own id of the form: sent twice, it is one
      client_id uuid not null,
      unique (webinar_id, author_id, client_id)
    );
    create index recording_marks_webinar on recording_marks (webinar_id, at);

    create table recording_captions (
      webinar_id uuid not null references recordings on delete cascade,
      language text not null check (language in ('it', 'en')),
      text text not null,
      cues integer not null,
      sent_by uuid not null references people,
      at timestamptz not null,
      primary key (webinar_id, language)
    );

    -- Where somebody stopped watching
    create table recording_positions (
      webinar_id uuid not null references recordings on delete cascade,
      person_id uuid not null references people on delete cascade,
      seconds integer not null check (seconds >= 0),
      at timestamptz not null,
      primary key (webinar_id, person_id)
    );
    create index recording_positions_person on recording_positions (person_id);

    -- A question that went on as a thread of the network
    alter table room_questions add column thread_id uuid references threads;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table room_questions drop column thread_id;
    drop table recording_positions, recording_captions, recording_marks, recording_files, recording_runs, recordings;
    alter table webinars drop column recorded;
  `);
}
