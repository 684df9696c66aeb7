import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Outcomes are listed newest request first: of everybody for UPI, of a body for its coordinator, of an edition for who trains in it
    create index enrolments_requested on enrolments (requested_at desc, id desc);
    create index enrolments_body_requested on enrolments (body_id, requested_at desc, id desc);
    create index enrolments_edition_requested on enrolments (edition_id, requested_at desc, id desc);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index enrolments_requested, enrolments_body_requested, enrolments_edition_requested');
}
