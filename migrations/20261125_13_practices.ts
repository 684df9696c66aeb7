import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A best practice: who tells it, where it is in its life, and the words that are being worked on
    create table practices (
      id uuid primary key default uuidv7(),
      -- In its address
      number integer generated always as identity unique,
      network_id uuid not null references networks,
      author_id uuid not null references people,
      -- The body that contributes it: the author's when she began
      body_id uuid not null references bodies,
      created_at timestamptz not null,
      -- The browser's own id of the first save: sent twice, it is one sheet
      client_id uuid not null,
      -- The working copy. Each save counts one more: two windows cannot overwrite each other
      revision integer not null default 1,
      title text not null,
      tags text[] not null default '{}',
      content jsonb not null,
      changed_at timestamptz not null,
      -- Where the working copy is; null: it is what was published last
      stage text check (stage in ('draft', 'review', 'returned')) default 'draft',
      -- When it was last handed in: from the first time on the reviewers know of it
      submitted_at timestamptz,
      -- What everybody reads; null: nothing has been published yet
      version_id uuid,
      superseded_by uuid references practices,
      superseded_at timestamptz,
      superseded_by_person uuid references people,
      deleted_at timestamptz,
      deleted_by uuid references people,
      delete_reason text,
      unique (author_id, client_id),
      check (superseded_by <> id),
      check (stage is not null or version_id is not null)
    );
    -- What waits for the reviewers of a network
    create index practices_review on practices (network_id, submitted_at) where stage = 'review' and deleted_at is null;
    -- The sheets of a person
    create index practices_author on practices (author_id, changed_at desc, id desc) where deleted_at is null;
    -- Which sheets another one takes the place of
    create index practices_successor on practices (superseded_by) where superseded_by is not null;

    -- What was published, as it was: never changed
    create table practice_versions (
      id uuid primary key default uuidv7(),
      practice_id uuid not null references practices,
      sequence integer not null,
      -- The working copy's: published twice, it is one version
      revision integer not null,
      title text not null,
      tags text[] not null,
      content jsonb not null,
      search tsvector not null,
      published_at timestamptz not null,
      published_by uuid not null references people,
      unique (practice_id, sequence),
      unique (practice_id, revision)
    );
    create trigger practice_versions_immutable before update or delete on practice_versions for each row execute function immutable_row();
    alter table practices add foreign key (version_id) references practice_versions;
    -- Searched by its words, listed newest first, filtered by theme
    create index practice_versions_search on practice_versions using gin (search);
    create index practice_versions_newest on practice_versions (published_at desc, id desc);
    create index practice_versions_tags on practice_versions using gin (tags);

    -- What author and reviewers say to each other about a sheet; append-only
    create table practice_comments (
      id uuid primary key default uuidv7(),
      practice_id uuid not null references practices,
      author_id uuid not null references people,
      body_id uuid references bodies,
      words text not null,
      -- Whether with it the sheet went back to its author
      returned boolean not null default false,
      created_at timestamptz not null,
      client_id uuid not null,
      unique (author_id, client_id)
    );
    create index practice_comments_practice on practice_comments (practice_id, id);
    create trigger practice_comments_append_only before update or delete on practice_comments for each row execute function append_only();

    -- "We have adopted it too", said by a body
    create table practice_adoptions (
      id uuid primary key default uuidv7(),
      practice_id uuid not null references practices,
      body_id uuid not null references bodies,
      person_id uuid not null references people,
      note text,
      at timestamptz not null,
      withdrawn_at timestamptz,
      withdrawn_by uuid references people
    );
    -- Once per body, whoever of it says so
    create unique index practice_adoptions_body on practice_adoptions (practice_id, body_id) where withdrawn_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table practices drop constraint practices_version_id_fkey;
    drop table practice_adoptions, practice_comments, practice_versions, practices;
  `);
}
