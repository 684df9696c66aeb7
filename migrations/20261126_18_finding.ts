import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The words of HTML that we have cleaned: for excerpts, and for indexes, which want an immutable function
    create function words_of(html text) returns text language sql immutable parallel safe strict
      return replace(replace(replace(replace(regexp_replace(html, '<[^>]*>', ' ', 'g'), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&');

    -- Near misses of a search, as posts and documents have them
    alter table practice_versions add column near text not null
      generated always as (left(plain(title || ' ' || coalesce(words_of(content->>'solution'), '') || ' ' || coalesce(words_of(content->>'problem'), '')), 8000)) stored;
    create index practice_versions_near on practice_versions using gin (near gin_trgm_ops);

    -- Discussions in which there is a document: few posts have one
    create index posts_with_documents on posts (thread_id) where documents > 0 and deleted_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index posts_with_documents;
    drop index practice_versions_near;
    alter table practice_versions drop column near;
    drop function words_of(text);
  `);
}
