import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What two people write to each other
    create table conversations (
      id uuid primary key default uuidv7(),
      -- The two, the smaller id first: they have one conversation
      low_id uuid not null references people,
      high_id uuid not null references people,
      started_by uuid not null references people,
      created_at timestamptz not null,
      -- Of the newest message: a message is numbered under this row's lock, so that there is no gap and no double
      last_sequence integer not null default 0,
      last_at timestamptz not null,
      check (low_id < high_id),
      check (started_by in (low_id, high_id)),
      unique (low_id, high_id)
    );
    -- How many conversations somebody has begun lately
    create index conversations_started on conversations (started_by, created_at);

    -- Who is in it, and how far each has read: exact, and the same on every device
    create table conversation_people (
      conversation_id uuid not null references conversations,
      person_id uuid not null references people,
      read_sequence integer not null default 0,
      read_at timestamptz,
      primary key (conversation_id, person_id)
    );
    -- A person's own
    create index conversation_people_person on conversation_people (person_id);

    create table direct_messages (
      id uuid primary key default uuidv7(),
      conversation_id uuid not null references conversations,
      sequence integer not null,
      author_id uuid not null references people,
      -- As it was typed: plain text, shown as such
      text text not null,
      created_at timestamptz not null,
      -- The browser's own id of the message: sent twice, it is one
      client_id uuid not null,
      unique (conversation_id, sequence),
      unique (author_id, client_id)
    );

    create table person_blocks (
      person_id uuid not null references people on delete cascade,
      blocked_id uuid not null references people on delete cascade,
      at timestamptz not null,
      primary key (person_id, blocked_id)
    );

    alter table moderation_cases drop constraint moderation_cases_kind_check;
    alter table moderation_cases add constraint moderation_cases_kind_check check (kind in ('flagged', 'held', 'appeal', 'message'));
    alter table moderation_cases add column message_id uuid references direct_messages;
    alter table moderation_cases add check ((kind = 'message') = (message_id is not null));
    -- Reported twice it is one case until somebody decides; and what became of the messages of somebody
    create unique index moderation_cases_open_message on moderation_cases (message_id) where outcome is null;
    create index moderation_cases_message on moderation_cases (message_id) where message_id is not null;

    -- What its reader told the moderators of: they see this message and three before it, nothing else of the conversation
    create table message_reports (
      id uuid primary key default uuidv7(),
      case_id uuid not null references moderation_cases,
      message_id uuid not null references direct_messages,
      person_id uuid not null references people,
      reason text not null check (reason in ('off-topic', 'personal-data', 'offensive', 'misleading', 'spam', 'other')),
      note text,
      at timestamptz not null,
      unique (message_id, person_id)
    );
    create index message_reports_case on message_reports (case_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table message_reports;
    update moderation_measures set case_id = null where case_id in (select id from moderation_cases where kind = 'message');
    delete from moderation_cases where kind = 'message';
    alter table moderation_cases drop column message_id;
    alter table moderation_cases drop constraint moderation_cases_kind_check;
    alter table moderation_cases add constraint moderation_cases_kind_check check (kind in ('flagged', 'held', 'appeal'));
    drop table person_blocks, direct_messages, conversation_people, conversations;
  `);
}
