import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- How much a person wants to hear of a network, of a tag in it, or of a thread; no row: as the wider place says
    create table notification_levels (
      person_id uuid not null references people on delete cascade,
      network_id uuid references networks,
      tag text,
      thread_id uuid references threads,
      level text not null check (level in ('watching', 'tracking', 'first', 'normal', 'muted')),
      changed_at timestamptz not null,
      check ((network_id is null) <> (thread_id is null)),
      check (tag is null or network_id is not null),
      unique nulls not distinct (person_id, network_id, tag, thread_id)
    );
    -- Who is to be told of a new post: of its thread, or of its network and tags
    create index notification_levels_thread on notification_levels (thread_id) where thread_id is not null;
    create index notification_levels_network on notification_levels (network_id) where network_id is not null;
    -- Lists count nothing of what a person has muted: whether there is anything is asked first
    create index notification_levels_muted on notification_levels (person_id) where level = 'muted';

    -- By which way each kind of notice comes besides the page, and when not; no row: all at once, suggestions weekly
    create table notification_settings (
      person_id uuid primary key references people on delete cascade,
      ways jsonb not null default '{}',
      -- Hours in Rome between which no mail leaves at once; they may pass midnight
      quiet_from time,
      quiet_until time,
      quiet_weekends boolean not null default false,
      -- false: no mail of the community at all, whatever the ways say
      mails boolean not null default true,
      changed_at timestamptz not null default now(),
      check ((quiet_from is null) = (quiet_until is null))
    );

    -- Whom a post names, once each
    create table post_mentions (
      post_id uuid not null references posts,
      person_id uuid not null references people on delete cascade,
      at timestamptz not null,
      primary key (post_id, person_id)
    );
    -- Where a person was named
    create index post_mentions_person on post_mentions (person_id);

    alter table notices
      -- What it is about: it is read only as long as that may be read, and a mute of it is known
      add column network_id uuid references networks,
      add column thread_id uuid references threads,
      -- The digest that it waits for, and when it was in one
      add column digest text check (digest in ('daily', 'weekly')),
      add column digested_at timestamptz;
    -- What waits for a person's next digest
    create index notices_digest on notices (person_id) where digest is not null and digested_at is null;

    alter table mails
      -- What the mail's head says besides: how threads thread and how one unsubscribes
      add column headers jsonb not null default '{}',
      -- Delivered only while the person is in all of these networks
      add column network_ids uuid[] not null default '{}',
      -- The notice of which it tells: read meanwhile, the mail need not leave
      add column notice_id uuid references notices on delete set null,
      -- It was held back until it was not wanted any more
      add column dropped_at timestamptz;

    -- Signs the addresses and links in mails; one row
    create table mail_secret (
      one boolean primary key default true check (one),
      secret bytea not null
    );
    insert into mail_secret (secret) values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

    -- Mails that came in, once each
    create table inbound_mails (
      id uuid primary key default uuidv7(),
      message_id text not null unique,
      person_id uuid references people on delete set null,
      -- Stable word: 'accepted', or why not
      outcome text not null,
      post_id uuid references posts,
      received_at timestamptz not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table inbound_mails, mail_secret;
    alter table mails drop column headers, drop column network_ids, drop column notice_id, drop column dropped_at;
    alter table notices drop column network_id, drop column thread_id, drop column digest, drop column digested_at;
    drop table post_mentions, notification_settings, notification_levels;
  `);
}
