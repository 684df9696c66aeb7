import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- In the order in which they were written: a search goes from the newest posts to the older ones, slice by slice, and stops when it has enough
    alter table posts add column ordinal bigint generated always as identity;
    create index posts_ordinal on posts (ordinal);
    drop index posts_search;
    -- A word in one slice of posts is found without reading where else it is. The list of what is not yet in order is read by every search: short
    create index posts_search on posts using gin ((ordinal / 8192), search) with (gin_pending_list_limit = 256) where deleted_at is null;
    alter index posts_near set (gin_pending_list_limit = 256);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter index posts_near reset (gin_pending_list_limit);
    drop index posts_search;
    create index posts_search on posts using gin (search) where deleted_at is null;
    alter table posts drop column ordinal;
  `);
}
