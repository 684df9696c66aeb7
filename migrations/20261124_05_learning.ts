import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table enrolments (
      id uuid primary key default uuidv7(),
      edition_id uuid not null references editions,
      person_id uuid not null references people,
      -- For whom she learns: her body while the enrolment is open, and for ever once it is completed
      body_id uuid not null references bodies,
      -- The member of the programme whose seats and figures it counts in; null outside the programme
      member_id uuid references bodies,
      status text not null check (status in ('requested', 'waiting', 'active', 'completed', 'refused', 'withdrawn')),
      -- Why she asks, for her coordinator
      motivation text,
      requested_at timestamptz not null default now(),
      -- When she got her seat
      activated_at timestamptz,
      completed_at timestamptz,
      ended_at timestamptz,
      unique (edition_id, person_id)
    );
    -- Seats of an edition and the order of its waiting list
    create index enrolments_edition on enrolments (edition_id, status, requested_at, id);
    -- A person's own path
    create index enrolments_person on enrolments (person_id, requested_at);
    -- A coordinator's queue and list
    create index enrolments_body on enrolments (body_id, status);
    -- Statistics of a member
    create index enrolments_member on enrolments (member_id, status);

    -- Every change of status: who, when, why. Append-only
    create table enrolment_changes (
      id uuid primary key default uuidv7(),
      enrolment_id uuid not null references enrolments,
      from_status text,
      to_status text not null,
      -- null: the platform itself (promotion, completion)
      by_person_id uuid references people,
      reason text,
      at timestamptz not null default now()
    );
    create index enrolment_changes_enrolment on enrolment_changes (enrolment_id, id);
    create trigger enrolment_changes_append_only before update or delete on enrolment_changes for each row execute function append_only();

    create table lesson_progress (
      enrolment_id uuid not null references enrolments on delete cascade,
      lesson_id uuid not null references lessons,
      opened_at timestamptz not null default now(),
      done_at timestamptz,
      -- Where a video was left
      position_seconds numeric(10, 2) not null default 0,
      primary key (enrolment_id, lesson_id)
    );

    create table attempts (
      id uuid primary key default uuidv7(),
      enrolment_id uuid not null references enrolments,
      quiz_id uuid not null references quizzes,
      number integer not null,
      started_at timestamptz not null default now(),
      due_at timestamptz not null,
      closed_at timestamptz,
      -- 'submitted' by the person, 'time' by the server
      closed_by text check (closed_by in ('submitted', 'time')),
      score integer,
      total integer not null,
      passed boolean,
      -- The draw: [{ questionId, options: ['c', 'a', 'b'] }] in the order shown
      drawn jsonb not null,
      unique (enrolment_id, quiz_id, number),
      check ((closed_at is null) = (passed is null))
    );
    -- One open attempt at a time, however often the button is pressed
    create unique index attempts_open on attempts (enrolment_id, quiz_id) where closed_at is null;
    -- The worker that closes what has run out
    create index attempts_due on attempts (due_at) where closed_at is null;

    create table attempt_answers (
      attempt_id uuid not null references attempts on delete cascade,
      question_id uuid not null references questions,
      option_key text not null,
      saved_at timestamptz not null default now(),
      primary key (attempt_id, question_id)
    );

    -- What fulfilled the rule, frozen
    create table completions (
      enrolment_id uuid primary key references enrolments,
      completed_at timestamptz not null default now(),
      -- The rule's parts with their figures
      evidence jsonb not null
    );

    -- The ledger of credited minutes: append-only, corrections are new entries (negative minutes)
    create table hours_entries (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people,
      body_id uuid not null references bodies,
      member_id uuid references bodies,
      area_code text not null references areas,
      enrolment_id uuid references enrolments,
      modality text not null check (modality in ('online', 'aula', 'live')),
      minutes integer not null check (minutes <> 0),
      -- The day they were earned, Europe/Rome
      day date not null,
      source text not null check (source in ('lesson', 'attendance', 'correction')),
      -- The same cause never credits twice: lesson:<enrolment>:<lesson>
      source_key text not null unique,
      note text,
      recorded_at timestamptz not null default now()
    );
    create trigger hours_entries_append_only before update or delete on hours_entries for each row execute function append_only();
    -- A person's ledger
    create index hours_entries_person on hours_entries (person_id, day);
    create index hours_entries_enrolment on hours_entries (enrolment_id);
    -- A cell of the statistics: member × area × month, minutes in the index itself
    create index hours_entries_cell on hours_entries (member_id, area_code, day) include (minutes);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table hours_entries, completions, attempt_answers, attempts, lesson_progress, enrolment_changes, enrolments;`);
}
