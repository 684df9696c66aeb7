import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create extension if not exists pg_trgm;
    create extension if not exists unaccent;
    create extension if not exists citext;
    create extension if not exists btree_gin;

    -- Italian stemming over text without accents: "qualità" and "qualita" are the same word
    create text search configuration italian_plain (copy = italian);
    alter text search configuration italian_plain alter mapping for hword, hword_part, word with unaccent, italian_stem;

    -- For indexes, which want an immutable function
    create function plain(value text) returns text language sql immutable parallel safe strict
      return lower(unaccent('unaccent'::regdictionary, value));

    create table rate_limits (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );

    -- Messages of the sockets' adapter larger than a NOTIFY
    create table socket_io_attachments (
      id bigserial primary key,
      created_at timestamptz default now(),
      payload bytea
    );

    -- Secrets of the installation made at first start (the key that signs certificates)
    create table installation_keys (
      id uuid primary key default uuidv7(),
      purpose text not null,
      key_id text not null unique,
      public_key text not null,
      private_key text not null,
      created_at timestamptz not null default now(),
      retired_at timestamptz
    );
    -- At most one key of a purpose signs
    create unique index installation_keys_current on installation_keys (purpose) where retired_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table installation_keys;
    drop table socket_io_attachments;
    drop table rate_limits;
    drop function plain(text);
    drop text search configuration italian_plain;
  `);
}
