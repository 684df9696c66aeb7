import type { Knex } from 'knex';

/** What is kept as it was, but for the name of who left. */
const KEPT = { audit_entries: 'append_only', post_versions: 'append_only', practice_comments: 'append_only', enrolment_changes: 'append_only', practice_versions: 'immutable' } as const;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table people add column closed_at timestamptz;

    -- Who left, and what the law wants to be kept of her name: no more
    create table account_closures (
      person_id uuid primary key references people,
      closed_at timestamptz not null,
      -- null: she herself
      closed_by uuid references people,
      reason text,
      -- Kept where she has hours or certificates, for the register of an edition alone: who was trained, and for how long, is to be proved for years. null: nothing to prove
      given_name text,
      family_name text,
      -- By what she was called in what others wrote and were told: until the worker has been everywhere, then null
      traces jsonb,
      forgotten_at timestamptz,
      check ((given_name is null) = (family_name is null)),
      check ((traces is null) = (forgotten_at is not null))
    );

    -- Like append_only, but who forgets a person takes her name out of what was kept
    create function kept_but_names() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and current_setting('pico.forgetting', true) = 'on' then return new; end if;
        raise exception '% is %', tg_table_name, tg_argv[0];
      end $$;
  `);
  for (const [table, name] of Object.entries(KEPT)) {
    await knex.raw(`drop trigger ${table}_${name} on ${table}`);
    await knex.raw(`create trigger ${table}_${name} before update or delete on ${table} for each row execute function kept_but_names('${name.replace('_', '-')}')`);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const [table, name] of Object.entries(KEPT)) {
    await knex.raw(`drop trigger ${table}_${name} on ${table}`);
    await knex.raw(`create trigger ${table}_${name} before update or delete on ${table} for each row execute function ${name === 'immutable' ? 'immutable_row' : 'append_only'}()`);
  }
  await knex.raw(`
    drop function kept_but_names;
    drop table account_closures;
    alter table people drop column closed_at;
  `);
}
