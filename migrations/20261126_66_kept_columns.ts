import type { Knex } from 'knex';

/** The columns in which a person may be named, each with what the table's trigger says of it: all the others stay as they were. */
const KEPT = {
  audit_entries: ['append_only', 'details'],
  post_versions: ['append_only', 'html'],
  practice_comments: ['append_only', 'words'],
  enrolment_changes: ['append_only', 'reason'],
  // `near` is made of the others, after the trigger
  practice_versions: ['immutable', 'title', 'content', 'search', 'near'],
} as const;

const create = (knex: Knex, table: string, name: string, columns: readonly string[]) =>
  knex.raw(`create trigger ${table}_${name} before update or delete on ${table} for each row execute function kept_but_names(${[name.replace('_', '-'), ...columns].map((word) => `'${word}'`).join(', ')})`);

/** Whoever takes a name, or a source that may not be told, out of what is kept can change nothing else of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create or replace function kept_but_names() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and current_setting('pico.forgetting', true) = 'on' and to_jsonb(new) - tg_argv[1:] = to_jsonb(old) - tg_argv[1:] then return new; end if;
        raise exception '% is %', tg_table_name, tg_argv[0];
      end $$;
  `);
  for (const [table, [name, ...columns]] of Object.entries(KEPT)) {
    await knex.raw(`drop trigger ${table}_${name} on ${table}`);
    await create(knex, table, name, columns);
  }
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    create or replace function kept_but_names() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and current_setting('pico.forgetting', true) = 'on' then return new; end if;
        raise exception '% is %', tg_table_name, tg_argv[0];
      end $$;
  `);
  for (const [table, [name]] of Object.entries(KEPT)) {
    await knex.raw(`drop trigger ${table}_${name} on ${table}`);
    await create(knex, table, name, []);
  }
}
