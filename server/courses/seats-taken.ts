/** How many seats of the edition `e` are taken, counted in an index alone. The table is learning's, its statuses are the migration's. */
export const SEATS_TAKEN = `select count(*)::int from enrolments n where n.edition_id = e.id and n.status in ('active', 'completed')`;

/** Whom the cancelling of the edition `e` would concern: those who have a seat and have not completed, and those who asked or wait for one. */
export const OPEN_ENROLMENTS = `select json_build_object('seated', count(*) filter (where n.status = 'active'), 'waiting', count(*) filter (where n.status in ('requested', 'waiting')))
     from enrolments n where n.edition_id = e.id and n.status in ('requested', 'waiting', 'active')`;
