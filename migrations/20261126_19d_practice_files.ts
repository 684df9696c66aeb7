import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Files that go with a best practice: read by whom the sheet is read, so that they are in no library
    create table practice_files (
      id uuid primary key default uuidv7(),
      practice_id uuid not null references practices,
      title text not null,
      file_name text not null,
      media_type text not null,
      bytes bigint not null,
      -- SHA-256: its name in the storage
      digest text not null,
      author_id uuid not null references people,
      created_at timestamptz not null,
      -- The upload it came from: sent twice, it is one
      upload_id text not null unique,
      -- 'none' where no antivirus is configured
      scan text not null check (scan in ('waiting', 'clean', 'infected', 'none'))
    );
    create index practice_files_practice on practice_files (practice_id);
    -- What a person has sent
    create index practice_files_author on practice_files (author_id);
    -- Which of them belong to the working copy, and to each version as it was published, in their order
    alter table practices add column files uuid[] not null default '{}';
    alter table practice_versions add column files uuid[] not null default '{}';

    -- Whose words a version is: a sheet can be taken over, what was published stays hers who wrote it
    alter table practice_versions add column author_id uuid references people;
    alter table practice_versions disable trigger user;
    update practice_versions v set author_id = p.author_id from practices p where p.id = v.practice_id;
    alter table practice_versions enable trigger user;
    alter table practice_versions alter column author_id set not null;
    create index practice_versions_author on practice_versions (author_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table practice_versions drop column author_id, drop column files;
    alter table practices drop column files;
    drop table practice_files;
  `);
}
