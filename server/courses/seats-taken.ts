/** How many seats of the edition `e` are taken, counted in an index alone. The table is learning's, its statuses are the migration's. */
export const SEATS_TAKEN = `select count(*)::int from enrolments n where n.edition_id = e.id and n.status in ('active', 'completed')`;
