import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table courses (
      id uuid primary key default uuidv7(),
      -- The stable id of the manifest, also its address
      key text not null unique,
      area_code text not null references areas,
      -- The newest version; a course without one is not published
      current_version_id uuid,
      created_at timestamptz not null default now(),
      withdrawn_at timestamptz
    );

    create table course_versions (
      id uuid primary key default uuidv7(),
      course_id uuid not null references courses on delete cascade,
      number integer not null,
      -- SHA-256 of all that the version is made of: the same content is the same version
      digest text not null,
      language text not null default 'it',
      title text not null,
      -- The catalogue in alphabetical order, accents aside
      sort_title text not null generated always as (plain(title)) stored,
      summary text not null,
      audience text not null,
      level text not null check (level in ('base', 'intermedio', 'avanzato')),
      modality text not null check (modality in ('online', 'aula', 'misto')),
      objectives text[] not null,
      -- [{ name, role }]
      trainers jsonb not null,
      minutes integer not null check (minutes > 0),
      -- { all: [...] } or { any: [...] }: contract/completion.ts
      completion jsonb not null,
      published_at timestamptz not null default now(),
      search tsvector not null,
      -- Words of title, summary and objectives, for near misses
      search_words text not null,
      unique (course_id, number),
      unique (course_id, digest)
    );
    alter table courses add foreign key (current_version_id) references course_versions deferrable initially deferred;
    create index course_versions_search on course_versions using gin (search);

    create table modules (
      id uuid primary key default uuidv7(),
      version_id uuid not null references course_versions on delete cascade,
      key text not null,
      title text not null,
      position integer not null,
      unique (version_id, key)
    );

    create table lessons (
      id uuid primary key default uuidv7(),
      version_id uuid not null references course_versions on delete cascade,
      module_id uuid not null references modules on delete cascade,
      key text not null,
      title text not null,
      kind text not null check (kind in ('page', 'video', 'document')),
      -- In the order of the whole version, from 1
      position integer not null,
      minutes integer not null check (minutes > 0),
      -- Sanitised when synced
      html text not null,
      sources text[] not null default '{}',
      -- { video, captions, poster } or { document }: names among the version's assets
      media jsonb not null default '{}',
      unique (version_id, key),
      unique (version_id, position)
    );
    create index lessons_module on lessons (module_id);

    -- The files of a version, kept with it so that an old edition still shows what it showed
    create table course_assets (
      version_id uuid not null references course_versions on delete cascade,
      path text not null,
      -- Content in the file storage, named by its SHA-256
      digest text not null,
      type text not null,
      bytes integer not null,
      primary key (version_id, path)
    );

    create table quizzes (
      id uuid primary key default uuidv7(),
      version_id uuid not null references course_versions on delete cascade,
      key text not null,
      title text not null,
      draw integer not null check (draw > 0),
      pass_numerator integer not null check (pass_numerator > 0),
      pass_denominator integer not null check (pass_denominator >= pass_numerator),
      minutes integer not null check (minutes > 0),
      attempts integer not null check (attempts > 0),
      pause_minutes integer not null default 0 check (pause_minutes >= 0),
      unique (version_id, key)
    );

    create table questions (
      id uuid primary key default uuidv7(),
      quiz_id uuid not null references quizzes on delete cascade,
      key text not null,
      lesson_key text not null,
      text text not null,
      -- [{ key: 'a', text, correct }]
      options jsonb not null,
      explanation text not null,
      source text not null,
      unique (quiz_id, key)
    );

    create table editions (
      id uuid primary key default uuidv7(),
      course_id uuid not null references courses,
      version_id uuid not null references course_versions,
      -- Readable and unique: APPALTI-SUA-2026-1
      code text not null unique,
      starts_on date not null,
      ends_on date not null,
      enrol_from date not null,
      enrol_until date not null,
      modality text not null check (modality in ('online', 'aula', 'misto')),
      place text,
      -- null: no limit
      seats integer check (seats > 0),
      seats_per_member integer check (seats_per_member > 0),
      -- coordinator: the person's coordinator approves each request
      approval text not null default 'automatic' check (approval in ('automatic', 'coordinator')),
      published_at timestamptz,
      cancelled_at timestamptz,
      cancelled_by uuid references people,
      cancel_reason text,
      created_by uuid references people,
      created_at timestamptz not null default now(),
      check (ends_on >= starts_on),
      check (enrol_until >= enrol_from),
      check ((cancelled_at is null) = (cancel_reason is null))
    );
    -- The open editions of a course, soonest first
    create index editions_course on editions (course_id, starts_on);
    -- What the catalogue shows of each course: editions to which one can or will be able to enrol
    create index editions_coming on editions (course_id, enrol_until) where published_at is not null and cancelled_at is null;
    -- The same over all courses, read from the index alone: which courses are open, and when the next edition starts
    create index editions_coming_all on editions (enrol_until) include (course_id, enrol_from, starts_on) where published_at is not null and cancelled_at is null;

    create table edition_trainers (
      edition_id uuid not null references editions on delete cascade,
      person_id uuid not null references people on delete cascade,
      primary key (edition_id, person_id)
    );
    create index edition_trainers_person on edition_trainers (person_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table courses drop column current_version_id;
    drop table edition_trainers, editions, questions, quizzes, course_assets, lessons, modules, course_versions, courses;
  `);
}
