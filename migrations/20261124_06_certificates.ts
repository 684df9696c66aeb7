import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table certificates (
      id uuid primary key default uuidv7(),
      -- Once per enrolment, whatever happens
      enrolment_id uuid not null unique references enrolments,
      -- The number that anyone can check: random, without look-alikes
      code text not null unique,
      person_id uuid not null references people,
      body_id uuid not null references bodies,
      member_id uuid references bodies,
      area_code text not null references areas,
      issued_at timestamptz not null default now(),
      -- All that the document says, as it was
      snapshot jsonb not null,
      -- The signed payload of the QR code
      signed text not null,
      key_id text not null
    );
    create index certificates_person on certificates (person_id, issued_at);
    -- UPI's list and a coordinator's, newest first
    create index certificates_newest on certificates (issued_at, id);
    create index certificates_body on certificates (body_id, issued_at, id);
    -- Searched by a part of the name that the document says
    create index certificates_name_trgm on certificates using gin (plain((snapshot->'person'->>'givenName') || ' ' || (snapshot->'person'->>'familyName')) gin_trgm_ops);
    -- People trained per member and area
    create index certificates_cell on certificates (member_id, area_code, issued_at);

    create table certificate_documents (
      certificate_id uuid primary key references certificates,
      pdf bytea not null,
      sha256 text not null,
      drawn_at timestamptz not null default now()
    );

    create table certificate_revocations (
      certificate_id uuid primary key references certificates,
      reason text not null,
      revoked_by uuid not null references people,
      revoked_at timestamptz not null default now()
    );

    create function immutable_row() returns trigger language plpgsql as $$
      begin raise exception '% is immutable', tg_table_name; end $$;
    create trigger certificates_immutable before update or delete on certificates for each row execute function immutable_row();
    create trigger certificate_documents_immutable before update or delete on certificate_documents for each row execute function immutable_row();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table certificate_revocations, certificate_documents, certificates;
    drop function immutable_row();
  `);
}
