import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table documents (
      id uuid primary key default uuidv7(),
      -- In its address
      number integer generated always as identity unique,
      network_id uuid not null references networks,
      title text not null,
      summary text not null,
      licence text not null check (licence in ('cc-by-4.0', 'cc0-1.0', 'iodl-2.0', 'reserved')),
      author_id uuid not null references people,
      -- For whom she worked when she put it here
      body_id uuid references bodies,
      created_at timestamptz not null,
      -- Of the newest version: versions are numbered under this row's lock
      last_version integer not null default 0,
      changed_at timestamptz not null,
      -- Title, summary and what the newest version says; and the first two as near misses are looked for
      search tsvector not null,
      near text not null,
      deleted_at timestamptz,
      deleted_by uuid references people,
      delete_reason text
    );
    -- The library of a network, what changed last first
    create index documents_network on documents (network_id, changed_at desc, id desc) where deleted_at is null;
    create index documents_search on documents using gin (search) where deleted_at is null;
    create index documents_near on documents using gin (near gin_trgm_ops) where deleted_at is null;

    create table document_versions (
      id uuid primary key default uuidv7(),
      document_id uuid not null references documents,
      number integer not null check (number > 0),
      file_name text not null,
      media_type text not null,
      bytes bigint not null,
      -- SHA-256: its name in the storage
      digest text not null,
      note text not null,
      author_id uuid not null references people,
      body_id uuid references bodies,
      created_at timestamptz not null,
      -- The upload it came from: sent twice, it is one
      upload_id text not null unique,
      -- 'none' where no antivirus is configured
      scan text not null check (scan in ('waiting', 'clean', 'infected', 'none')),
      -- What the antivirus calls it
      infection text,
      downloads integer not null default 0,
      -- What it says, once a worker has read it; empty where it has no text
      words text,
      unique (document_id, number)
    );

    -- Documents that belong to a post
    create table post_documents (
      post_id uuid not null references posts,
      document_id uuid not null references documents,
      position smallint not null,
      primary key (post_id, document_id)
    );
    -- Where a document is spoken of
    create index post_documents_document on post_documents (document_id);
    -- So that the many posts without documents cost nothing
    alter table posts add column documents smallint not null default 0;

    -- Pictures in posts
    create table images (
      id uuid primary key default uuidv7(),
      network_id uuid not null references networks,
      author_id uuid not null references people,
      digest text not null,
      media_type text not null,
      width integer not null,
      height integer not null,
      bytes integer not null,
      created_at timestamptz not null,
      upload_id text not null unique
    );
    -- Which posts show a picture: it is shown as long as one of them is
    create table post_images (
      post_id uuid not null references posts,
      image_id uuid not null references images,
      primary key (post_id, image_id)
    );
    create index post_images_image on post_images (image_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table post_images, images, post_documents, document_versions, documents;
    alter table posts drop column documents;
  `);
}
