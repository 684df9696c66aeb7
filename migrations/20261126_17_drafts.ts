import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What a person is writing and has not sent: a reply in a thread, or a new thread in a network. One each, the same on every device
    create table drafts (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people on delete cascade,
      thread_id uuid references threads,
      network_id uuid references networks,
      title text not null,
      tags text[] not null default '{}',
      html text not null,
      -- Counts the saves: whoever saves says which one she began from
      version integer not null default 1,
      -- The window that saved last
      device uuid not null,
      changed_at timestamptz not null,
      check ((thread_id is null) <> (network_id is null)),
      unique nulls not distinct (person_id, thread_id, network_id)
    );
    -- A thread that goes into another takes its drafts along
    create index drafts_thread on drafts (thread_id) where thread_id is not null;

    -- What one window had written when another saved without having seen it: offered back until its author says that it is not needed
    create table draft_others (
      id uuid primary key default uuidv7(),
      draft_id uuid not null references drafts on delete cascade,
      -- Its newest words are enough: they contain what it wrote before
      device uuid not null,
      title text not null,
      tags text[] not null default '{}',
      html text not null,
      changed_at timestamptz not null,
      unique (draft_id, device)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table draft_others, drafts;');
}
