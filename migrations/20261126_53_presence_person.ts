import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Where somebody was: for her copy of her data, and to find what names her when she closes her account
  await knex.raw('create index presence_log_person on presence_log (person_id, webinar_id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index presence_log_person');
}
