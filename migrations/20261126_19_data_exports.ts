import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- What a person asked to have of all that is kept about her: made by a worker, gone after some days
    create table data_exports (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people on delete cascade,
      requested_at timestamptz not null,
      -- Of the file in the storage; noted before the file is there, so that no file is ever there that no row knows
      digest text,
      bytes bigint,
      ready_at timestamptz,
      expires_at timestamptz,
      -- Its file is gone: expired, or given up because another one was asked for
      deleted_at timestamptz,
      check ((ready_at is null) = (expires_at is null))
    );
    -- One at a time
    create unique index data_exports_running on data_exports (person_id) where ready_at is null and deleted_at is null;
    -- The newest of a person
    create index data_exports_person on data_exports (person_id, id desc);
    -- What has had its time
    create index data_exports_expiring on data_exports (expires_at) where deleted_at is null and ready_at is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table data_exports');
}
