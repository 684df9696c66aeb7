import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Where what is said in a room ends: the row that is locked to say more
    create table room_talks (
      webinar_id uuid primary key references webinars on delete cascade,
      last_sequence integer not null default 0,
      -- Seconds that somebody must wait between two messages; 0: none
      slow_seconds integer not null default 0 check (slow_seconds between 0 and 600)
    );

    -- What is written in a room while it is live, in the order in which it was
    create table room_messages (
      webinar_id uuid not null references webinars on delete cascade,
      sequence integer not null,
      author_id uuid not null references people,
      role text not null,
      -- The browser's own id of the message: sent twice, it is one
      client_id uuid not null,
      text text not null,
      -- To who runs the room alone
      to_staff boolean not null default false,
      at timestamptz not null,
      hidden_at timestamptz,
      hidden_by uuid references people,
      primary key (webinar_id, sequence),
      unique (webinar_id, author_id, client_id),
      check ((hidden_at is null) = (hidden_by is null))
    );
    -- Slow mode: when somebody last wrote
    create index room_messages_author on room_messages (webinar_id, author_id, at);

    create table room_questions (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references webinars on delete cascade,
      author_id uuid not null references people,
      client_id uuid not null,
      text text not null,
      at timestamptz not null,
      state text not null default 'open' check (state in ('open', 'answered', 'dismissed')),
      settled_at timestamptz,
      settled_by uuid references people,
      unique (webinar_id, author_id, client_id),
      check ((state = 'open') = (settled_at is null))
    );
    create index room_questions_webinar on room_questions (webinar_id, at);
    create table room_question_votes (
      question_id uuid not null references room_questions on delete cascade,
      person_id uuid not null references people,
      primary key (question_id, person_id)
    );

    create table room_polls (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references webinars on delete cascade,
      author_id uuid not null references people,
      client_id uuid not null,
      question text not null,
      options text[] not null check (cardinality(options) between 2 and 8),
      multiple boolean not null,
      at timestamptz not null,
      closed_at timestamptz,
      unique (webinar_id, author_id, client_id)
    );
    create index room_polls_webinar on room_polls (webinar_id, at);
    -- What somebody chose, by the options' places from 0
    create table room_poll_votes (
      poll_id uuid not null references room_polls on delete cascade,
      person_id uuid not null references people,
      choice smallint not null,
      primary key (poll_id, person_id, choice)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table room_poll_votes, room_polls, room_question_votes, room_questions, room_messages, room_talks');
}
