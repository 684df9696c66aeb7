import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table people (
      id uuid primary key default uuidv7(),
      given_name text not null,
      family_name text not null,
      email citext not null unique,
      password_hash text,
      language text not null default 'it' check (language in ('it', 'en')),
      job_title text,
      -- The body that employs her, once approved
      body_id uuid references bodies,
      confirmed_at timestamptz,
      suspended_at timestamptz,
      created_at timestamptz not null default now()
    );
    -- A coordinator's list of her people
    create index people_body on people (body_id, family_name, given_name);
    -- Everybody, page after page, as an Italian telephone book sorts
    create index people_sorted on people (family_name collate "it-x-icu", given_name collate "it-x-icu", id);
    -- An administrator's search by name or address
    create index people_name_trgm on people using gin (plain(given_name || ' ' || family_name || ' ' || email::text) gin_trgm_ops);

    -- One-time secrets sent by mail; only their digest is kept
    create table mail_tokens (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people on delete cascade,
      purpose text not null check (purpose in ('confirm', 'reset')),
      digest bytea not null unique,
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index mail_tokens_person on mail_tokens (person_id, purpose);

    create table sessions (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people on delete cascade,
      digest bytea not null unique,
      ip text not null,
      user_agent text not null,
      created_at timestamptz not null default now(),
      seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      revoked_at timestamptz
    );
    create index sessions_person on sessions (person_id);

    -- A person's wish to belong to a body, and what became of it
    create table affiliations (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people on delete cascade,
      body_id uuid not null references bodies,
      requested_at timestamptz not null default now(),
      status text not null default 'pending' check (status in ('pending', 'approved', 'refused', 'cancelled')),
      -- null: approved by the declared domain of her address
      decided_by uuid references people,
      decided_at timestamptz,
      reason text
    );
    -- One open wish a person
    create unique index affiliations_pending on affiliations (person_id) where status = 'pending';
    -- A coordinator's queue
    create index affiliations_body on affiliations (body_id, status, requested_at);
    create index affiliations_person on affiliations (person_id);

    create table roles (
      id uuid primary key default uuidv7(),
      person_id uuid not null references people on delete cascade,
      role text not null check (role in ('admin', 'coordinator', 'trainer', 'moderator', 'agent', 'steward')),
      scope text not null check (scope in ('platform', 'body', 'course', 'network')),
      scope_id uuid,
      granted_by uuid references people,
      granted_at timestamptz not null default now(),
      revoked_at timestamptz,
      check ((scope = 'platform') = (scope_id is null))
    );
    create unique index roles_current on roles (person_id, role, scope, coalesce(scope_id, '00000000-0000-0000-0000-000000000000')) where revoked_at is null;
    -- The coordinators of a body
    create index roles_scope on roles (scope_id) where revoked_at is null;

    -- Every act of an administrator, a moderator, a coordinator; append-only
    create table audit_entries (
      id uuid primary key default uuidv7(),
      at timestamptz not null default now(),
      actor_id uuid references people,
      act text not null,
      subject_kind text not null,
      subject_id uuid,
      -- The body concerned, so that its coordinator can read it
      body_id uuid references bodies,
      details jsonb not null default '{}'
    );
    create index audit_entries_subject on audit_entries (subject_id);
    create index audit_entries_body on audit_entries (body_id, id);
    create function append_only() returns trigger language plpgsql as $$
      begin raise exception '% is append-only', tg_table_name; end $$;
    create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function append_only();

    -- Every mail of the platform. Sent by SMTP when configured, otherwise kept here and readable by an administrator
    create table mails (
      id uuid primary key default uuidv7(),
      -- What this mail is for: the same cause never mails twice
      key text not null unique,
      person_id uuid references people on delete cascade,
      to_address text not null,
      subject text not null,
      body_text text not null,
      body_html text not null,
      created_at timestamptz not null default now(),
      sent_at timestamptz,
      failed_at timestamptz,
      error text
    );
    create index mails_person on mails (person_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table mails, audit_entries, roles, affiliations, sessions, mail_tokens, people;
    drop function append_only();
  `);
}
