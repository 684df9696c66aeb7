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

    -- What somebody says that she knows
    create table competences (
      person_id uuid not null references people on delete cascade,
      tag text not null,
      position smallint not null,
      search tsvector not null generated always as (to_tsvector('italian_plain'::regconfig, tag)) stored,
      primary key (person_id, tag)
    );
    -- Who knows about something
    create index competences_search on competences using gin (search);
    -- Words in use that begin so
    create index competences_tag on competences (tag text_pattern_ops);

    -- What somebody shows of herself to colleagues, since when. Without a row nothing is shown: withdrawing is deleting it, and every query asks for it
    create table expertise_consents (
      person_id uuid not null references people on delete cascade,
      what text not null check (what in ('competences', 'answers', 'certificates')),
      given_at timestamptz not null,
      primary key (person_id, what)
    );

    -- Answers of somebody that another person accepted, by network and tag ('' counts all of the network), kept by the database itself whoever changes a thread
    create table answer_counts (
      person_id uuid not null references people on delete cascade,
      network_id uuid not null references networks on delete cascade,
      tag text not null,
      answers integer not null,
      search tsvector not null generated always as (to_tsvector('italian_plain'::regconfig, tag)) stored,
      primary key (person_id, network_id, tag)
    );
    -- Who has solved most in a network
    create index answer_counts_most on answer_counts (network_id, answers desc, person_id) where tag = '';
    create index answer_counts_search on answer_counts using gin (search);

    create function answers_changed() returns trigger language plpgsql as $$
      begin
        -- In one order, so that two threads of the same people do not wait for each other for ever
        insert into answer_counts as c (person_id, network_id, tag, answers)
          select p.author_id, x.network_id, t.tag, sum(x.more) from (
              select old.network_id, old.tags, old.author_id, old.accepted_post_id, -1 as more where old.deleted_at is null
              union all select new.network_id, new.tags, new.author_id, new.accepted_post_id, 1 where new.deleted_at is null) x
            join posts p on p.id = x.accepted_post_id and p.author_id <> x.author_id, lateral (select '' as tag union select unnest(x.tags)) t
           group by 1, 2, 3 having sum(x.more) <> 0 order by 1, 2, 3
          on conflict (person_id, network_id, tag) do update set answers = c.answers + excluded.answers;
        return null;
      end $$;
    -- A thread is not opened with an answer, nor can it be deleted while it has one
    create trigger threads_answers_changed after update of network_id, accepted_post_id, deleted_at, tags on threads for each row
      when (old.accepted_post_id is not null or new.accepted_post_id is not null) execute function answers_changed();
    insert into answer_counts (person_id, network_id, tag, answers)
      select p.author_id, t.network_id, x.tag, count(*) from threads t join posts p on p.id = t.accepted_post_id and p.author_id <> t.author_id, lateral (select '' as tag union select unnest(t.tags)) x
       where t.deleted_at is null group by 1, 2, 3;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger threads_answers_changed on threads;
    drop function answers_changed();
    drop table answer_counts, expertise_consents, competences;
    drop index posts_with_documents;
    drop index practice_versions_near;
    alter table practice_versions drop column near;
    drop function words_of(text);
  `);
}
