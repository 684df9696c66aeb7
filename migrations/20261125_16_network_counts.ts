import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What every page of a network shows, kept by the database itself whoever changes a thread: counted anew it would cost as much as the network is large.
    -- A reply changes none of it, so replies do not wait for each other here
    create table network_counts (
      network_id uuid primary key references networks on delete cascade,
      threads integer not null default 0,
      unanswered integer not null default 0,
      members integer not null default 0
    );
    create table network_tags (
      network_id uuid not null references networks on delete cascade,
      tag text not null,
      threads integer not null,
      primary key (network_id, tag)
    );
    -- The most used ones
    create index network_tags_most on network_tags (network_id, threads desc, tag);

    create function count_threads(of_network uuid, more integer, more_unanswered integer, of_tags text[]) returns void language plpgsql as $$
      begin
        insert into network_counts as c (network_id, threads, unanswered) values (of_network, more, more_unanswered)
          on conflict (network_id) do update set threads = c.threads + excluded.threads, unanswered = c.unanswered + excluded.unanswered;
        -- In one order, so that two threads with the same tags do not wait for each other for ever
        insert into network_tags as c (network_id, tag, threads) select of_network, tag, more * count(*) from unnest(of_tags) tag group by tag order by tag
          on conflict (network_id, tag) do update set threads = c.threads + excluded.threads;
      end $$;

    create function threads_added() returns trigger language plpgsql as $$
      begin
        perform count_threads(network_id, count(*)::int, (count(*) filter (where accepted_post_id is null and closed_at is null))::int, '{}')
          from added where deleted_at is null group by network_id order by network_id;
        insert into network_tags as c (network_id, tag, threads) select network_id, tag, count(*) from added, unnest(tags) tag where deleted_at is null group by 1, 2 order by 1, 2
          on conflict (network_id, tag) do update set threads = c.threads + excluded.threads;
        return null;
      end $$;
    create trigger threads_counted_added after insert on threads referencing new table as added for each statement execute function threads_added();

    create function threads_changed() returns trigger language plpgsql as $$
      begin
        -- In one order, so that two threads that change places do not wait for each other for ever
        perform count_threads(c.network_id, c.more, case when c.unanswered then c.more else 0 end, c.tags) from (
          select old.network_id, -1 as more, old.accepted_post_id is null and old.closed_at is null as unanswered, old.tags where old.deleted_at is null
          union all select new.network_id, 1, new.accepted_post_id is null and new.closed_at is null, new.tags where tg_op = 'UPDATE' and new.deleted_at is null
          order by 1, 2) c;
        return null;
      end $$;
    create trigger threads_counted_changed after update of network_id, accepted_post_id, closed_at, deleted_at, tags on threads for each row execute function threads_changed();
    create trigger threads_counted_deleted after delete on threads for each row execute function threads_changed();

    create function members_changed() returns trigger language plpgsql as $$
      begin
        insert into network_counts as c (network_id, members)
          select network_id, sum(more) from (
            select old.network_id, -1 as more where tg_op <> 'INSERT' and old.status = 'active' union all
            select new.network_id, 1 where tg_op <> 'DELETE' and new.status = 'active') changes group by network_id having sum(more) <> 0 order by network_id
          on conflict (network_id) do update set members = c.members + excluded.members;
        return null;
      end $$;
    create trigger members_counted after insert or delete or update of network_id, status on network_members for each row execute function members_changed();

    insert into network_counts (network_id, threads, unanswered, members)
      select n.id, (select count(*) from threads t where t.network_id = n.id and t.deleted_at is null),
             (select count(*) from threads t where t.network_id = n.id and t.deleted_at is null and t.accepted_post_id is null and t.closed_at is null),
             (select count(*) from network_members m where m.network_id = n.id and m.status = 'active') from networks n;
    insert into network_tags (network_id, tag, threads) select t.network_id, tag, count(*) from threads t, unnest(t.tags) tag where t.deleted_at is null group by 1, 2;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger members_counted on network_members;
    drop trigger threads_counted_deleted on threads;
    drop trigger threads_counted_changed on threads;
    drop trigger threads_counted_added on threads;
    drop function members_changed, threads_changed, threads_added, count_threads;
    drop table network_tags, network_counts;
  `);
}
