import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table bodies (
      id uuid primary key default uuidv7(),
      kind text not null check (kind in ('province', 'consortium', 'metropolitan_city', 'municipality', 'upi', 'other')),
      -- ISTAT's code: three digits for what is between region and municipality, six for a municipality; UPI has none
      istat_code text unique,
      name text not null,
      abbreviation text,
      region text,
      region_code text,
      statute text,
      nuts3 text,
      capitals text[] not null default '{}',
      population integer,
      area_km2 numeric(10, 2),
      valid_from date,
      -- The last day on which it existed
      valid_to date,
      created_at timestamptz not null default now(),
      check (kind in ('upi', 'other') or istat_code is not null)
    );
    -- Found by typing a part of the name, with or without accents
    create index bodies_name_trgm on bodies using gin (plain(name) gin_trgm_ops);

    -- Which body a municipality belongs to, and when: Sardinia's changed on 1 January 2026
    create table body_memberships (
      body_id uuid not null references bodies on delete cascade,
      parent_id uuid not null references bodies on delete cascade,
      valid_from date not null default '1861-01-01',
      valid_to date,
      primary key (body_id, valid_from)
    );
    -- The municipalities of a Province
    create index body_memberships_parent on body_memberships (parent_id);

    create table body_successions (
      predecessor_id uuid not null references bodies on delete cascade,
      successor_id uuid not null references bodies on delete cascade,
      -- How many municipalities went this way: the largest share is the main succession
      municipalities integer not null default 0,
      primary key (predecessor_id, successor_id)
    );
    create index body_successions_successor on body_successions (successor_id);

    -- E-mail domains whose people need no approval
    create table body_domains (
      domain citext primary key,
      body_id uuid not null references bodies on delete cascade,
      declared_by uuid,
      declared_at timestamptz not null default now()
    );
    create index body_domains_body on body_domains (body_id);

    create table areas (
      code text primary key,
      name_it text not null,
      name_en text not null,
      position integer not null
    );

    create table programmes (
      id uuid primary key default uuidv7(),
      code text not null unique,
      name_it text not null,
      name_en text not null,
      -- The territory as it was on this day
      vintage date not null
    );
    -- The bodies of the programme, whatever becomes of them later
    create table programme_members (
      programme_id uuid not null references programmes on delete cascade,
      body_id uuid not null references bodies,
      phase integer not null,
      primary key (programme_id, body_id)
    );
    create table programme_targets (
      programme_id uuid not null references programmes on delete cascade,
      area_code text not null references areas,
      people_per_member integer not null check (people_per_member > 0),
      primary key (programme_id, area_code)
    );
    -- For every body, the member of the programme for which its people count: itself, its Province, or what its Province was.
    -- Computed from memberships and successions by the territory's import; rows only where there is one.
    create table programme_attributions (
      programme_id uuid not null references programmes on delete cascade,
      body_id uuid not null references bodies on delete cascade,
      member_id uuid not null references bodies,
      primary key (programme_id, body_id)
    );
    create index programme_attributions_member on programme_attributions (member_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table programme_attributions, programme_targets, programme_members, programmes, areas, body_domains, body_successions,
      body_memberships, bodies;
  `);
}
