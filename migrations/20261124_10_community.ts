import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table networks (
      id uuid primary key default uuidv7(),
      -- In its address: 'sua'
      key text not null unique check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
      name text not null,
      summary text not null,
      -- The training area it belongs to, where there is one
      area_code text references areas,
      joining text not null check (joining in ('open', 'request', 'closed')),
      reading text not null check (reading in ('public', 'members')),
      created_by uuid references people,
      created_at timestamptz not null default now(),
      archived_at timestamptz
    );

    create table network_members (
      id uuid primary key default uuidv7(),
      network_id uuid not null references networks,
      person_id uuid not null references people,
      status text not null check (status in ('requested', 'active', 'refused', 'left', 'removed')),
      -- Why she asks, for who decides
      motivation text,
      requested_at timestamptz not null default now(),
      -- Who made the newest change (null: she herself), and why
      decided_by uuid references people,
      reason text,
      decided_at timestamptz,
      -- What was written before she came, or before she last marked all as read, is not new to her
      read_until timestamptz,
      unique (network_id, person_id)
    );
    -- Who is in a network, and who waits
    create index network_members_status on network_members (network_id, status, requested_at, id);
    -- The networks of a person
    create index network_members_person on network_members (person_id) where status = 'active';

    create table threads (
      id uuid primary key default uuidv7(),
      -- In its address
      number integer generated always as identity unique,
      network_id uuid not null references networks,
      title text not null,
      tags text[] not null default '{}',
      author_id uuid not null references people,
      -- For whom she worked when she asked
      body_id uuid references bodies,
      created_at timestamptz not null,
      -- Of the newest post: a post is numbered under this row's lock, so that there is no gap and no double
      last_sequence integer not null default 0,
      last_post_at timestamptz not null,
      last_author_id uuid not null references people,
      accepted_post_id uuid,
      accepted_at timestamptz,
      accepted_by uuid references people,
      pinned_at timestamptz,
      pinned_by uuid references people,
      closed_at timestamptz,
      closed_by uuid references people,
      close_reason text,
      deleted_at timestamptz,
      deleted_by uuid references people,
      delete_reason text
    );
    -- The list of a network: pinned ones first, then by the newest post
    create index threads_network on threads (network_id, (pinned_at is not null) desc, last_post_at desc, id desc) where deleted_at is null;
    -- What waits for an answer
    create index threads_unanswered on threads (network_id, last_post_at desc, id desc) where deleted_at is null and accepted_post_id is null and closed_at is null;
    create index threads_tags on threads using gin (tags);

    create table posts (
      id uuid primary key default uuidv7(),
      thread_id uuid not null references threads,
      -- 1 is the question itself
      sequence integer not null,
      author_id uuid not null references people,
      body_id uuid references bodies,
      -- Sanitised when it was written
      html text not null,
      -- Its words without markup, for excerpts; and as near misses are looked for, with the title for the first one
      words text not null,
      near text not null,
      search tsvector not null,
      created_at timestamptz not null,
      -- The browser's own id of the post: sent twice, it is one
      client_id uuid not null,
      edited_at timestamptz,
      deleted_at timestamptz,
      deleted_by uuid references people,
      delete_reason text,
      unique (thread_id, sequence),
      unique (author_id, client_id)
    );
    create index posts_search on posts using gin (search) where deleted_at is null;
    -- Near misses of a search
    create index posts_near on posts using gin (near gin_trgm_ops) where deleted_at is null;
    -- What a person has written
    create index posts_author on posts (author_id, id desc);
    alter table threads add foreign key (accepted_post_id) references posts;

    -- What a post said before each change; append-only
    create table post_versions (
      id uuid primary key default uuidv7(),
      post_id uuid not null references posts,
      html text not null,
      replaced_at timestamptz not null,
      replaced_by uuid not null references people
    );
    create index post_versions_post on post_versions (post_id, id);
    create trigger post_versions_append_only before update or delete on post_versions for each row execute function append_only();

    -- How far each person has read: exact, and the same on every device
    create table thread_readings (
      person_id uuid not null references people on delete cascade,
      thread_id uuid not null references threads,
      sequence integer not null,
      read_at timestamptz not null,
      primary key (person_id, thread_id)
    );

    -- "We have this question too": counted by body
    create table thread_interests (
      thread_id uuid not null references threads,
      person_id uuid not null references people,
      body_id uuid references bodies,
      at timestamptz not null default now(),
      primary key (thread_id, person_id)
    );

    -- A few sober ones
    create table post_reactions (
      post_id uuid not null references posts,
      person_id uuid not null references people,
      kind text not null check (kind in ('useful', 'thanks', 'agree')),
      at timestamptz not null default now(),
      primary key (post_id, person_id, kind)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table threads drop constraint threads_accepted_post_id_fkey;
    drop table post_reactions, thread_interests, thread_readings, post_versions, posts, threads, network_members, networks;
  `);
}
