import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Whether the first posts of new people wait for a moderator
    alter table networks add column hold_first boolean not null default false;

    -- A moderator who knows a new person says so
    create table trust_grants (
      person_id uuid primary key references people on delete cascade,
      granted_by uuid not null references people,
      at timestamptz not null
    );
    -- The answers of a person that solved something, of which trust is made; and the thread of a solution
    create index threads_accepted on threads (accepted_post_id) where accepted_post_id is not null;

    -- Something for a moderator to decide: a flagged post, a post that waits, an appeal
    create table moderation_cases (
      id uuid primary key default uuidv7(),
      kind text not null check (kind in ('flagged', 'held', 'appeal')),
      -- null for what concerns the whole platform: UPI decides
      network_id uuid references networks,
      post_id uuid references posts,
      opened_at timestamptz not null,
      outcome text check (outcome in ('upheld', 'dismissed', 'approved', 'refused', 'granted', 'rejected')),
      reason text,
      decided_at timestamptz,
      decided_by uuid references people,
      check ((outcome is null) = (decided_at is null) and (outcome is null) = (decided_by is null)),
      check ((kind = 'flagged') = (post_id is not null))
    );
    -- Several flags of a post are one case until somebody decides
    create unique index moderation_cases_open_post on moderation_cases (post_id) where outcome is null;
    -- The queue: what waits, the oldest first
    create index moderation_cases_queue on moderation_cases (opened_at, id) where outcome is null;
    -- What became of the flags of a post
    create index moderation_cases_post on moderation_cases (post_id) where post_id is not null;

    create table post_flags (
      id uuid primary key default uuidv7(),
      case_id uuid not null references moderation_cases,
      post_id uuid not null references posts,
      person_id uuid not null references people,
      reason text not null check (reason in ('off-topic', 'personal-data', 'offensive', 'misleading', 'spam', 'other')),
      note text,
      at timestamptz not null,
      -- Once per person and post
      unique (post_id, person_id)
    );
    -- The flags of a case
    create index post_flags_case on post_flags (case_id);

    -- A post that nobody but its author and the moderators sees: it becomes a post, with its number in the thread, when it is approved
    create table held_posts (
      id uuid primary key default uuidv7(),
      case_id uuid not null unique references moderation_cases,
      network_id uuid not null references networks,
      -- null: it would open a thread, with this title and these tags
      thread_id uuid references threads,
      title text,
      tags text[] not null default '{}',
      author_id uuid not null references people,
      body_id uuid references bodies,
      html text not null,
      words text not null,
      client_id uuid not null,
      created_at timestamptz not null,
      -- Sent twice, it is one
      unique (author_id, client_id),
      check ((thread_id is null) = (title is not null))
    );

    -- What a moderator did to somebody's words, or to somebody
    create table moderation_measures (
      id uuid primary key default uuidv7(),
      kind text not null check (kind in ('hidden', 'warned', 'suspended')),
      person_id uuid not null references people,
      -- null: everywhere
      network_id uuid references networks,
      post_id uuid references posts,
      case_id uuid references moderation_cases,
      reason text,
      until timestamptz,
      taken_at timestamptz not null,
      taken_by uuid not null references people,
      lifted_at timestamptz,
      lifted_by uuid references people,
      lift_reason text,
      check ((kind = 'suspended') = (until is not null)),
      check (kind <> 'hidden' or post_id is not null)
    );
    -- Whether somebody may write is asked at every post
    create index moderation_measures_suspended on moderation_measures (person_id) where kind = 'suspended' and lifted_at is null;
    -- A person's own, newest first
    create index moderation_measures_person on moderation_measures (person_id, id desc);
    -- The newest ones of a network
    create index moderation_measures_network on moderation_measures (network_id, id desc);
    -- A post is hidden by one measure at a time
    create unique index moderation_measures_hidden on moderation_measures (post_id) where kind = 'hidden' and lifted_at is null;

    create table moderation_appeals (
      id uuid primary key default uuidv7(),
      case_id uuid not null unique references moderation_cases,
      -- Once for each measure
      measure_id uuid not null unique references moderation_measures,
      text text not null,
      at timestamptz not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table moderation_appeals, moderation_measures, held_posts, post_flags, moderation_cases, trust_grants;
    drop index threads_accepted;
    alter table networks drop column hold_first;
  `);
}
