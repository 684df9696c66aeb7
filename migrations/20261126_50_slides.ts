import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- A PDF whose pages are shown in a webinar
    create table slide_decks (
      id uuid primary key default uuidv7(),
      webinar_id uuid not null references webinars on delete cascade,
      title text not null,
      position integer not null,
      file_name text not null,
      digest text not null,
      bytes integer not null,
      author_id uuid not null references people,
      at timestamptz not null,
      -- The upload that it came with: taken twice, it is one
      upload_id text not null unique,
      -- waiting: its pages are still being drawn
      state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
      -- Why it failed
      trouble text check (trouble in ('broken', 'too-many-pages', 'infected')),
      -- null: not yet known
      pages integer,
      check ((state = 'failed') = (trouble is not null))
    );
    create index slide_decks_webinar on slide_decks (webinar_id, position);
    -- Whether a stored file is still somebody's, before it is forgotten
    create index slide_decks_digest on slide_decks (digest);

    create table slide_pages (
      deck_id uuid not null references slide_decks on delete cascade,
      number integer not null check (number > 0),
      width integer not null,
      height integer not null,
      words text not null,
      small text not null,
      medium text not null,
      large text not null,
      primary key (deck_id, number)
    );
    -- The same, for pictures of pages
    create index slide_pages_small on slide_pages (small);
    create index slide_pages_medium on slide_pages (medium);
    create index slide_pages_large on slide_pages (large);

    -- What is shown now; sequence: how often it has changed
    create table slides_shown (
      webinar_id uuid primary key references webinars on delete cascade,
      sequence integer not null,
      -- null: nothing
      deck_id uuid references slide_decks on delete set null,
      page integer,
      check (deck_id is null or page is not null)
    );

    -- Each page that was shown, and since when: the replay shows them again
    create table slide_changes (
      webinar_id uuid not null references webinars on delete cascade,
      sequence integer not null,
      -- null: nothing was shown
      deck_id uuid references slide_decks on delete cascade,
      page integer,
      at timestamptz not null,
      by uuid not null references people,
      primary key (webinar_id, sequence)
    );
    -- What a deck was shown as goes with it, and whether it ever was
    create index slide_changes_deck on slide_changes (deck_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table slide_changes, slides_shown, slide_pages, slide_decks');
}
