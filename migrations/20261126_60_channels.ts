import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Where the members of a network, or those who are in an edition, talk about this and that: there from its first message on
    create table channels (
      id uuid primary key default uuidv7(),
      network_id uuid unique references networks on delete cascade,
      edition_id uuid unique references editions on delete cascade,
      last_sequence integer not null default 0,
      last_at timestamptz,
      check (num_nonnulls(network_id, edition_id) = 1)
    );

    create table channel_messages (
      channel_id uuid not null references channels on delete cascade,
      sequence integer not null check (sequence > 0),
      author_id uuid not null references people,
      -- The browser's own id of the message: sent twice, it is one
      client_id uuid not null,
      text text not null,
      at timestamptz not null,
      hidden_at timestamptz,
      hidden_by uuid references people,
      search tsvector not null generated always as (to_tsvector('italian_plain'::regconfig, text)) stored,
      primary key (channel_id, sequence),
      unique (channel_id, author_id, client_id),
      check ((hidden_at is null) = (hidden_by is null))
    );
    -- Somebody's own messages: her copy of them, and her account's end
    create index channel_messages_author on channel_messages (author_id);
    create index channel_messages_search on channel_messages using gin (search) where hidden_at is null;

    -- Whom a message names
    create table channel_mentions (
      channel_id uuid not null,
      sequence integer not null,
      person_id uuid not null references people,
      primary key (channel_id, sequence, person_id),
      foreign key (channel_id, sequence) references channel_messages on delete cascade
    );
    create index channel_mentions_person on channel_mentions (person_id, channel_id, sequence);

    -- How far somebody has read
    create table channel_readings (
      channel_id uuid not null references channels on delete cascade,
      person_id uuid not null references people on delete cascade,
      sequence integer not null check (sequence >= 0),
      at timestamptz not null,
      primary key (channel_id, person_id)
    );
    create index channel_readings_person on channel_readings (person_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table channel_readings, channel_mentions, channel_messages, channels');
}
