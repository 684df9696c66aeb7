import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table posts
      -- A post that went into another thread leaves a row in its place, which keeps its number there: no sequence ever has a gap, and old addresses lead on.
      -- Such a row says nothing and counts as removed
      add column moved_id uuid references posts,
      -- It was the solution of the thread that it left
      add column moved_solution boolean not null default false,
      -- When it was numbered in its thread, where that is not when it was written: what came later from elsewhere is new to who has marked all as read
      add column placed_at timestamptz;

    alter table threads
      -- So many of its numbers are of posts that are elsewhere now
      add column moved_away integer not null default 0,
      -- How many notes it shows: most threads have none, and nobody asks for them
      add column notes smallint not null default 0,
      -- All its posts are in that one now, and so is whoever comes here
      add column merged_into uuid references threads,
      add check (merged_into is null or deleted_at is not null);
    -- What has become part of a thread
    create index threads_merged on threads (merged_into) where merged_into is not null;

    -- Where a thread, or some of its posts, came from: shown in it
    create table thread_notes (
      id uuid primary key default uuidv7(),
      thread_id uuid not null references threads,
      kind text not null check (kind in ('moved', 'split', 'merged')),
      -- Before which post it stands
      sequence integer not null,
      -- The network that it came from
      network_id uuid references networks,
      -- The thread that it came from
      from_thread_id uuid references threads,
      -- That one had a solution, which is none here
      solution_dropped boolean not null default false,
      at timestamptz not null,
      by_id uuid not null references people,
      check ((kind = 'moved') = (network_id is not null) and (kind = 'moved') = (from_thread_id is null))
    );
    create index thread_notes_thread on thread_notes (thread_id, sequence, id);

    -- Who does not want others to see that she reads or writes, and sees nothing of it herself
    create table presence_refusals (
      person_id uuid primary key references people on delete cascade,
      at timestamptz not null default now()
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table presence_refusals, thread_notes;
    drop index threads_merged;
    alter table threads drop column moved_away, drop column notes, drop column merged_into;
    alter table posts drop column moved_id, drop column moved_solution, drop column placed_at;
  `);
}
