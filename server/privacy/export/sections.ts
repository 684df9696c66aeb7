/** One file of the copy: what is in it, which columns that refer to a person it answers for, and the statement that finds its rows. */
export interface Section {
  /** Its name in the archive, in Italian, without extension. */
  file: string;
  /** For the LEGGIMI. */
  about: string;
  /** `table.column` for each column by which it finds her. */
  covers: string[];
  /** One column `row` of JSON. `:id` is hers. What is about others in her rows (who decided, who flagged) stays out: Art. 15(4) GDPR. */
  sql: string;
}

/** A row whole, but for these columns. */
const all = (alias: string, ...but: string[]): string => (but.length === 0 ? `to_jsonb(${alias})` : `to_jsonb(${alias}) - array[${but.map((column) => `'${column}'`).join(', ')}]`);

/** For whom somebody wrote, and where. */
/** Of a row `x` of a channel: of which network or edition it is. */
const CHANNEL = 'join channels c on c.id = x.channel_id left join networks n on n.id = c.network_id left join editions ed on ed.id = c.edition_id left join course_versions v on v.id = ed.version_id';
const PLACE = "jsonb_build_object('network', n.key, 'thread', t.number, 'title', t.title)";

/**
 * All that is kept about a person, place by place. A test walks the tables of the database: a column that refers to people is here or among `NOT_EXPORTED`, or it
 * fails. The names of rows and columns are the database's own; the LEGGIMI says so.
 */
export const SECTIONS: Section[] = [
  {
    file: 'account', about: 'i dati del tuo account: nome, indirizzo e-mail, mansione, lingua, ente', covers: ['people.id'],
    sql: `select ${all('p', 'password_hash')} || jsonb_build_object('body', b.name) as row from people p left join bodies b on b.id = p.body_id where p.id = :id`,
  },
  {
    file: 'appartenenze', about: 'le richieste di far parte di un ente e il loro esito', covers: ['affiliations.person_id'],
    sql: `select ${all('a', 'decided_by')} || jsonb_build_object('body', b.name) as row from affiliations a join bodies b on b.id = a.body_id where a.person_id = :id order by a.id`,
  },
  { file: 'ruoli', about: 'i ruoli che hai o hai avuto', covers: ['roles.person_id'], sql: `select ${all('r', 'granted_by')} as row from roles r where r.person_id = :id order by r.id` },
  { file: 'sessioni', about: 'dove e quando hai effettuato l’accesso, finché lo conserviamo (90 giorni)', covers: ['sessions.person_id'], sql: `select ${all('s', 'digest')} as row from sessions s where s.person_id = :id order by s.id` },
  {
    file: 'iscrizioni', about: 'le iscrizioni alle edizioni dei corsi, ogni loro passaggio e il completamento', covers: ['enrolments.person_id', 'enrolment_changes.by_person_id'],
    sql: `select ${all('e')} || jsonb_build_object('course', v.title, 'edition', d.code, 'completion', c.evidence,
            'changes', (select jsonb_agg(${all('x', 'by_person_id')} || jsonb_build_object('by_me', coalesce(x.by_person_id = e.person_id, false)) order by x.id) from enrolment_changes x where x.enrolment_id = e.id)) as row
            from enrolments e join editions d on d.id = e.edition_id join course_versions v on v.id = d.version_id left join completions c on c.enrolment_id = e.id where e.person_id = :id order by e.id`,
  },
  {
    file: 'avanzamento', about: 'le lezioni che hai aperto e concluso', covers: [],
    sql: `select ${all('g')} || jsonb_build_object('lesson', l.title) as row from lesson_progress g join enrolments e on e.id = g.enrolment_id join lessons l on l.id = g.lesson_id where e.person_id = :id order by g.opened_at, g.lesson_id`,
  },
  {
    // Which answers are right is the test's own and nobody's data
    file: 'prove', about: 'i tentativi nelle prove, con le tue risposte e l’esito', covers: [],
    sql: `select ${all('a', 'drawn')} || jsonb_build_object('course', v.title,
            'answers', (select jsonb_agg(jsonb_build_object('question', q.text, 'answer', (select o ->> 'text' from jsonb_array_elements(q.options) o where o ->> 'key' = x.option_key), 'saved_at', x.saved_at) order by x.saved_at)
                          from attempt_answers x join questions q on q.id = x.question_id where x.attempt_id = a.id)) as row
            from attempts a join enrolments e on e.id = a.enrolment_id join editions d on d.id = e.edition_id join course_versions v on v.id = d.version_id where e.person_id = :id order by a.id`,
  },
  {
    file: 'attestati', about: 'gli attestati che hai ottenuto; i PDF sono nella cartella «attestati»', covers: ['certificates.person_id'],
    sql: `select ${all('c')} || jsonb_build_object('revocation', (select ${all('r', 'revoked_by')} from certificate_revocations r where r.certificate_id = c.id)) as row from certificates c where c.person_id = :id order by c.id`,
  },
  { file: 'ore', about: 'il registro delle ore accreditate', covers: ['hours_entries.person_id'], sql: `select ${all('h')} as row from hours_entries h where h.person_id = :id order by h.id` },
  {
    file: 'docenze', about: 'le edizioni in cui sei docente', covers: ['edition_trainers.person_id'],
    sql: `select jsonb_build_object('edition', d.code, 'course', v.title) as row from edition_trainers x join editions d on d.id = x.edition_id join course_versions v on v.id = d.version_id where x.person_id = :id order by d.code`,
  },
  {
    file: 'reti', about: 'le reti tematiche di cui fai o hai fatto parte', covers: ['network_members.person_id'],
    sql: `select ${all('m', 'decided_by')} || jsonb_build_object('network', n.key) as row from network_members m join networks n on n.id = m.network_id where m.person_id = :id order by m.id`,
  },
  {
    file: 'discussioni', about: 'le discussioni che hai aperto', covers: ['threads.author_id'],
    sql: `select jsonb_build_object('network', n.key, 'number', t.number, 'title', t.title, 'tags', t.tags, 'created_at', t.created_at, 'deleted_at', t.deleted_at) as row from threads t join networks n on n.id = t.network_id where t.author_id = :id order by t.id`,
  },
  {
    file: 'messaggi', about: 'i messaggi che hai scritto nelle discussioni, con le versioni precedenti', covers: ['posts.author_id'],
    sql: `select ${all('p', 'search', 'near', 'words', 'deleted_by', 'ordinal')} || jsonb_build_object('place', ${PLACE},
            'versions', (select jsonb_agg(jsonb_build_object('html', v.html, 'replaced_at', v.replaced_at) order by v.id) from post_versions v where v.post_id = p.id)) as row
            from posts p join threads t on t.id = p.thread_id join networks n on n.id = t.network_id where p.author_id = :id and p.moved_id is null order by p.id`,
  },
  {
    file: 'messaggi-in-attesa', about: 'i messaggi che hanno atteso o attendono chi modera', covers: ['held_posts.author_id'],
    sql: `select ${all('h', 'words', 'case_id')} || jsonb_build_object('network', n.key, 'outcome', c.outcome) as row from held_posts h join networks n on n.id = h.network_id join moderation_cases c on c.id = h.case_id where h.author_id = :id order by h.id`,
  },
  {
    file: 'reazioni', about: 'le reazioni che hai messo ai messaggi', covers: ['post_reactions.person_id'],
    sql: `select jsonb_build_object('kind', r.kind, 'at', r.at, 'sequence', p.sequence, 'place', ${PLACE}) as row from post_reactions r join posts p on p.id = r.post_id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id where r.person_id = :id order by r.at`,
  },
  {
    file: 'domande-condivise', about: 'le domande che hai segnato come anche tue', covers: ['thread_interests.person_id'],
    sql: `select jsonb_build_object('at', i.at, 'place', ${PLACE}) as row from thread_interests i join threads t on t.id = i.thread_id join networks n on n.id = t.network_id where i.person_id = :id order by i.at`,
  },
  {
    file: 'letture', about: 'fin dove hai letto ogni discussione', covers: ['thread_readings.person_id'],
    sql: `select jsonb_build_object('sequence', r.sequence, 'read_at', r.read_at, 'place', ${PLACE}) as row from thread_readings r join threads t on t.id = r.thread_id join networks n on n.id = t.network_id where r.person_id = :id order by r.read_at`,
  },
  {
    file: 'menzioni', about: 'dove altri ti hanno nominato', covers: ['post_mentions.person_id'],
    sql: `select jsonb_build_object('at', x.at, 'sequence', p.sequence, 'place', ${PLACE}) as row from post_mentions x join posts p on p.id = x.post_id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id where x.person_id = :id order by x.at`,
  },
  {
    file: 'documenti', about: 'i documenti che hai messo nelle reti e le loro versioni; i file sono nella cartella «file»', covers: ['documents.author_id', 'document_versions.author_id'],
    sql: `select ${all('v', 'words', 'author_id', 'upload_id')} || jsonb_build_object('document', d.number, 'title', d.title, 'summary', d.summary, 'licence', d.licence, 'network', n.key, 'begun_by_me', d.author_id = :id) as row
            from document_versions v join documents d on d.id = v.document_id join networks n on n.id = d.network_id where v.author_id = :id or d.author_id = :id order by v.id`,
  },
  { file: 'immagini', about: 'le immagini che hai messo nei messaggi; i file sono nella cartella «file»', covers: ['images.author_id'], sql: `select ${all('i', 'author_id', 'upload_id')} as row from images i where i.author_id = :id order by i.id` },
  {
    file: 'buone-pratiche', about: 'le schede di buone pratiche che hai scritto, con le versioni pubblicate', covers: ['practices.author_id', 'practice_versions.author_id'],
    // Of a sheet that somebody else has taken over, what was hers
    sql: `select case when p.author_id = :id then ${all('p', 'deleted_by', 'superseded_by_person', 'author_id')} else jsonb_build_object('number', p.number) end || jsonb_build_object('network', n.key,
            'versions', (select jsonb_agg(${all('v', 'search', 'near', 'published_by', 'author_id')} order by v.sequence) from practice_versions v where v.practice_id = p.id and v.author_id = :id)) as row
            from practices p join networks n on n.id = p.network_id where p.author_id = :id or exists (select from practice_versions v where v.practice_id = p.id and v.author_id = :id) order by p.id`,
  },
  {
    file: 'documenti-delle-schede', about: 'i documenti che hai allegato alle buone pratiche; i file sono nella cartella «file»', covers: ['practice_files.author_id'],
    sql: `select ${all('f', 'author_id', 'upload_id')} || jsonb_build_object('practice', p.number) as row from practice_files f join practices p on p.id = f.practice_id where f.author_id = :id order by f.id`,
  },
  {
    file: 'commenti-alle-schede', about: 'i tuoi commenti alle schede di buone pratiche', covers: ['practice_comments.author_id'],
    sql: `select ${all('c', 'author_id')} || jsonb_build_object('practice', p.number) as row from practice_comments c join practices p on p.id = c.practice_id where c.author_id = :id order by c.id`,
  },
  {
    file: 'adozioni', about: 'le buone pratiche che hai segnato come adottate dal tuo ente', covers: ['practice_adoptions.person_id'],
    sql: `select ${all('a', 'withdrawn_by')} || jsonb_build_object('practice', p.number) as row from practice_adoptions a join practices p on p.id = a.practice_id where a.person_id = :id order by a.id`,
  },
  {
    file: 'segnalazioni', about: 'le segnalazioni che hai fatto', covers: ['post_flags.person_id'],
    sql: `select ${all('f', 'case_id')} || jsonb_build_object('outcome', c.outcome, 'sequence', p.sequence, 'place', ${PLACE}) as row from post_flags f join moderation_cases c on c.id = f.case_id join posts p on p.id = f.post_id join threads t on t.id = p.thread_id join networks n on n.id = t.network_id where f.person_id = :id order by f.id`,
  },
  {
    // What the other one wrote was written to her: it is her correspondence
    file: 'messaggi-diretti', about: 'i messaggi diretti che hai scritto e ricevuto, conversazione per conversazione', covers: ['conversation_people.person_id', 'direct_messages.author_id'],
    sql: `select jsonb_build_object('conversation', c.id, 'with', o.given_name || ' ' || o.family_name, 'begun_by_me', c.started_by = :id, 'created_at', c.created_at, 'read_sequence', m.read_sequence, 'read_at', m.read_at,
            'messages', (select jsonb_agg(jsonb_build_object('sequence', x.sequence, 'by_me', x.author_id = :id, 'text', x.text, 'created_at', x.created_at) order by x.sequence) from direct_messages x where x.conversation_id = c.id)) as row
            from conversation_people m join conversations c on c.id = m.conversation_id join people o on o.id = case when c.low_id = m.person_id then c.high_id else c.low_id end where m.person_id = :id order by c.id`,
  },
  {
    file: 'persone-bloccate', about: 'le persone a cui hai impedito di scriverti', covers: ['person_blocks.person_id'],
    sql: `select jsonb_build_object('person', o.given_name || ' ' || o.family_name, 'at', x.at) as row from person_blocks x join people o on o.id = x.blocked_id where x.person_id = :id order by x.at`,
  },
  {
    file: 'messaggi-diretti-segnalati', about: 'i messaggi diretti che hai segnalato', covers: ['message_reports.person_id'],
    sql: `select ${all('f', 'case_id')} || jsonb_build_object('outcome', c.outcome) as row from message_reports f join moderation_cases c on c.id = f.case_id where f.person_id = :id order by f.id`,
  },
  {
    file: 'provvedimenti', about: 'i provvedimenti di moderazione che ti riguardano e le tue richieste di revisione', covers: ['moderation_measures.person_id'],
    sql: `select ${all('s', 'taken_by', 'lifted_by', 'case_id')} || jsonb_build_object('appeal', (select jsonb_build_object('text', a.text, 'at', a.at, 'outcome', c.outcome, 'reason', c.reason) from moderation_appeals a join moderation_cases c on c.id = a.case_id where a.measure_id = s.id)) as row
            from moderation_measures s where s.person_id = :id order by s.id`,
  },
  { file: 'fiducia', about: 'la fiducia che chi modera ti ha riconosciuto', covers: ['trust_grants.person_id'], sql: `select ${all('g', 'granted_by')} as row from trust_grants g where g.person_id = :id` },
  { file: 'avvisi', about: 'gli avvisi che hai ricevuto', covers: ['notices.person_id'], sql: `select ${all('x')} as row from notices x where x.person_id = :id order by x.id` },
  { file: 'impostazioni-avvisi', about: 'come vuoi ricevere gli avvisi', covers: ['notification_settings.person_id'], sql: `select ${all('s')} as row from notification_settings s where s.person_id = :id` },
  {
    file: 'seguiti', about: 'che cosa segui e quanto da vicino', covers: ['notification_levels.person_id'],
    sql: `select jsonb_build_object('level', l.level, 'network', n.key, 'tag', l.tag, 'thread', t.number, 'changed_at', l.changed_at) as row from notification_levels l left join networks n on n.id = l.network_id left join threads t on t.id = l.thread_id where l.person_id = :id order by l.changed_at`,
  },
  {
    // A link that opens an account or an upload of somebody's mail is no data about her
    file: 'posta', about: 'le e-mail che la piattaforma ti ha scritto, finché ne conserviamo il testo (180 giorni), senza i codici segreti', covers: ['mails.person_id'],
    sql: `select jsonb_build_object('to', m.to_address, 'subject', m.subject, 'text', regexp_replace(m.body_text, 'codice=[A-Za-z0-9_-]+', 'codice=…', 'g'), 'created_at', m.created_at, 'sent_at', m.sent_at, 'dropped_at', m.dropped_at) as row from mails m where m.person_id = :id order by m.id`,
  },
  { file: 'posta-in-arrivo', about: 'le e-mail con cui hai risposto nelle discussioni', covers: ['inbound_mails.person_id'], sql: `select ${all('i')} as row from inbound_mails i where i.person_id = :id order by i.id` },
  {
    // Of what she decided about others, that she decided; what it was about is theirs
    file: 'registro-operazioni', about: 'le operazioni registrate che hai compiuto in un ruolo, e quelle che ti riguardano', covers: ['audit_entries.actor_id'],
    sql: `select jsonb_build_object('at', a.at, 'act', a.act, 'by_me', a.actor_id = :id, 'subject_kind', a.subject_kind, 'about_me', a.subject_kind = 'person' and a.subject_id = :id,
            'details', case when a.subject_kind = 'person' and a.subject_id = :id then a.details else '{}' end) as row from audit_entries a where a.actor_id = :id or (a.subject_kind = 'person' and a.subject_id = :id) order by a.id`,
  },
  {
    file: 'bozze', about: 'quello che stai scrivendo e non hai inviato, con le stesure di altre finestre', covers: ['drafts.person_id'],
    sql: `select ${all('d', 'device')} || jsonb_build_object('network', coalesce(n.key, tn.key), 'thread', t.number,
            'others', (select jsonb_agg(${all('o', 'draft_id', 'device')} order by o.id) from draft_others o where o.draft_id = d.id)) as row
            from drafts d left join networks n on n.id = d.network_id left join threads t on t.id = d.thread_id left join networks tn on tn.id = t.network_id where d.person_id = :id order by d.id`,
  },
  { file: 'presenza', about: 'se hai scelto di non far vedere che leggi o scrivi', covers: ['presence_refusals.person_id'], sql: `select ${all('r')} as row from presence_refusals r where r.person_id = :id` },
  { file: 'competenze', about: 'le competenze che hai indicato', covers: ['competences.person_id'], sql: `select ${all('c', 'search')} as row from competences c where c.person_id = :id order by c.position` },
  { file: 'competenze-consensi', about: 'che cosa mostri di te ai colleghi, e da quando', covers: ['expertise_consents.person_id'], sql: `select ${all('c')} as row from expertise_consents c where c.person_id = :id order by c.what` },
  {
    file: 'risposte-accettate', about: 'quante tue risposte sono state accettate, rete per rete e tema per tema', covers: ['answer_counts.person_id'],
    sql: `select jsonb_build_object('network', n.key, 'tag', c.tag, 'answers', c.answers) as row from answer_counts c join networks n on n.id = c.network_id where c.person_id = :id order by n.key, c.tag`,
  },
  {
    file: 'webinar', about: 'i webinar a cui ti sei iscritta o iscritto, con le tue risposte', covers: ['webinar_seats.person_id'],
    sql: `select ${all('s')} || jsonb_build_object('webinar', w.number, 'title', w.title, 'starts_at', w.starts_at, 'ends_at', w.ends_at, 'questions', w.questions) as row from webinar_seats s join webinars w on w.id = s.webinar_id where s.person_id = :id order by s.id`,
  },
  {
    file: 'webinar-condotti', about: 'i webinar che hai programmato o in cui hai una parte', covers: ['webinar_staff.person_id', 'webinars.organiser_id'],
    sql: `select ${all('w', 'cancelled_by', 'register_locked_by', 'client_id', 'organiser_id')} || jsonb_build_object('scheduled_by_me', w.organiser_id = :id, 'role', f.role) as row
            from webinars w left join webinar_staff f on f.webinar_id = w.id and f.person_id = :id where w.organiser_id = :id or f.person_id = :id order by w.id`,
  },
  {
    file: 'webinar-presenze', about: 'quando sei entrata o entrato in una sala e ne sei uscita o uscito, e le correzioni al registro che ti riguardano', covers: ['presence_log.person_id'],
    sql: `select jsonb_build_object('webinar', w.number, 'title', w.title, 'sequence', l.sequence, 'what', l.what, 'at', l.at, 'role', l.role, 'minutes', l.minutes, 'reason', l.reason) as row from presence_log l join webinars w on w.id = l.webinar_id where l.person_id = :id order by w.id, l.sequence`,
  },
  {
    file: 'webinar-allontanamenti', about: 'le sale da cui ti hanno fatto uscire', covers: ['webinar_removals.person_id'],
    sql: `select ${all('r', 'by')} || jsonb_build_object('webinar', w.number, 'title', w.title) as row from webinar_removals r join webinars w on w.id = r.webinar_id where r.person_id = :id order by r.at`,
  },
  { file: 'webinar-calendario', about: 'se hai un indirizzo per il tuo calendario, e da quando', covers: ['calendar_feeds.person_id'], sql: `select ${all('c', 'digest')} as row from calendar_feeds c where c.person_id = :id` },
  {
    file: 'chat-messaggi', about: 'i messaggi che hai scritto nelle chat delle reti e delle edizioni', covers: ['channel_messages.author_id'],
    sql: `select ${all('x', 'hidden_by', 'client_id', 'search')} || jsonb_build_object('place', coalesce(n.name, v.title)) as row from channel_messages x ${CHANNEL} where x.author_id = :id order by x.channel_id, x.sequence`,
  },
  {
    file: 'chat-lettura', about: 'fin dove hai letto le chat delle reti e delle edizioni', covers: ['channel_readings.person_id'],
    sql: `select jsonb_build_object('place', coalesce(n.name, v.title), 'sequence', x.sequence, 'at', x.at) as row from channel_readings x ${CHANNEL} where x.person_id = :id order by x.channel_id`,
  },
  {
    file: 'chat-citazioni', about: 'i messaggi delle chat che ti nominano', covers: ['channel_mentions.person_id'],
    sql: `select jsonb_build_object('place', coalesce(n.name, v.title), 'sequence', x.sequence) as row from channel_mentions x ${CHANNEL} where x.person_id = :id order by x.channel_id, x.sequence`,
  },
  {
    file: 'sala-messaggi', about: 'i messaggi che hai scritto nelle sale dei webinar', covers: ['room_messages.author_id'],
    sql: `select ${all('x', 'hidden_by', 'client_id')} || jsonb_build_object('webinar', w.number, 'title', w.title) as row from room_messages x join webinars w on w.id = x.webinar_id where x.author_id = :id order by w.id, x.sequence`,
  },
  {
    file: 'sala-domande', about: 'le domande che hai fatto nelle sale dei webinar', covers: ['room_questions.author_id'],
    sql: `select ${all('q', 'settled_by', 'client_id')} || jsonb_build_object('webinar', w.number, 'title', w.title) as row from room_questions q join webinars w on w.id = q.webinar_id where q.author_id = :id order by q.id`,
  },
  {
    file: 'sala-domande-sostenute', about: 'le domande delle sale a cui anche tu volevi risposta', covers: ['room_question_votes.person_id'],
    sql: `select jsonb_build_object('webinar', w.number, 'title', w.title, 'asked_at', q.at, 'own', q.author_id = v.person_id) as row from room_question_votes v join room_questions q on q.id = v.question_id join webinars w on w.id = q.webinar_id where v.person_id = :id order by q.id`,
  },
  {
    file: 'sala-sondaggi', about: 'i sondaggi che hai aperto nelle sale dei webinar', covers: ['room_polls.author_id'],
    sql: `select ${all('p', 'client_id')} || jsonb_build_object('webinar', w.number, 'title', w.title) as row from room_polls p join webinars w on w.id = p.webinar_id where p.author_id = :id order by p.id`,
  },
  {
    file: 'sala-avvisi', about: 'gli avvisi che hai dato nelle sale dei webinar', covers: ['room_announcements.author_id'],
    sql: `select ${all('x', 'client_id', 'author_id', 'withdrawn_by')} || jsonb_build_object('webinar', w.number, 'title', w.title) as row from room_announcements x join webinars w on w.id = x.webinar_id where x.author_id = :id order by x.id`,
  },
  {
    file: 'sala-voti', about: 'che cosa hai scelto nei sondaggi delle sale', covers: ['room_poll_votes.person_id'],
    sql: `select jsonb_build_object('webinar', w.number, 'title', w.title, 'question', p.question, 'chosen', p.options[v.choice + 1]) as row from room_poll_votes v join room_polls p on p.id = v.poll_id join webinars w on w.id = p.webinar_id where v.person_id = :id order by p.id, v.choice`,
  },
  {
    // The files themselves have others' voices beside hers, and are to be watched and downloaded while they are kept
    file: 'webinar-registrazioni', about: 'le registrazioni dei webinar in cui si sentono la tua voce o si vedono la tua telecamera o il tuo schermo', covers: ['recording_files.person_id'],
    sql: `select jsonb_build_object('webinar', w.number, 'title', w.title, 'kind', f.kind, 'seen', f.seen, 'heard', f.heard, 'keep_until', r.keep_until) as row
            from recording_files f join recordings r on r.webinar_id = f.webinar_id join webinars w on w.id = f.webinar_id where f.person_id = :id order by w.id, f.position`,
  },
  {
    file: 'webinar-registrazioni-guardate', about: 'dove hai smesso di guardare le registrazioni', covers: ['recording_positions.person_id'],
    sql: `select ${all('x')} || jsonb_build_object('webinar', w.number, 'title', w.title) as row from recording_positions x join webinars w on w.id = x.webinar_id where x.person_id = :id order by w.id`,
  },
  {
    file: 'webinar-registrazioni-capitoli', about: 'i capitoli che hai segnato nelle registrazioni', covers: ['recording_marks.author_id'],
    sql: `select ${all('x', 'client_id', 'author_id')} || jsonb_build_object('webinar', w.number) as row from recording_marks x join webinars w on w.id = x.webinar_id where x.author_id = :id order by x.id`,
  },
  {
    file: 'webinar-diapositive', about: 'le diapositive che hai caricato nei webinar; i file sono nella cartella «file»', covers: ['slide_decks.author_id'],
    sql: `select ${all('x', 'author_id', 'upload_id')} || jsonb_build_object('webinar', w.number) as row from slide_decks x join webinars w on w.id = x.webinar_id where x.author_id = :id order by x.id`,
  },
  { file: 'copie-dei-dati', about: 'le copie dei tuoi dati che hai chiesto', covers: ['data_exports.person_id'], sql: `select ${all('x', 'digest')} as row from data_exports x where x.person_id = :id order by x.id` },
];

/** Columns that refer to people and are no part of the copy, and why not. */
export const NOT_EXPORTED: Record<string, string> = {
  'account_closures.person_id': 'who has an account has not left',
  'account_closures.closed_by': 'an act of an administrator: in registro-operazioni',
  'conversations.low_id': 'one of the two of a conversation: in messaggi-diretti',
  'conversations.high_id': 'one of the two of a conversation: in messaggi-diretti',
  'conversations.started_by': 'one of the two of a conversation: in messaggi-diretti',
  'person_blocks.blocked_id': 'who does not want to be written to by her: that is the other person’s own choice',
  'mail_tokens.person_id': 'digests of secrets that open the account, gone within days; the mails that carried them are in posta',
  'affiliations.decided_by': 'an act of hers on somebody else’s wish: in registro-operazioni',
  'roles.granted_by': 'an act of hers on somebody else: in registro-operazioni',
  'body_domains.declared_by': 'an act of hers on a body: in registro-operazioni',
  'certificate_revocations.revoked_by': 'an act of hers on somebody else’s certificate: in registro-operazioni',
  'editions.created_by': 'an act of hers on the programme: in registro-operazioni',
  'editions.cancelled_by': 'an act of hers on the programme: in registro-operazioni',
  'networks.created_by': 'an act of hers on the platform: in registro-operazioni',
  'network_members.decided_by': 'an act of hers on somebody else’s membership: in registro-operazioni',
  'threads.last_author_id': 'who wrote last, repeated for lists: her own are in messaggi',
  'threads.accepted_by': 'an act on a thread that its history tells: hers are in discussioni',
  'threads.pinned_by': 'an act of a moderator: in registro-operazioni',
  'threads.closed_by': 'an act of a moderator or on her own thread: in registro-operazioni, discussioni',
  'threads.deleted_by': 'an act of a moderator: in registro-operazioni',
  'posts.deleted_by': 'her own post, in messaggi with the moment, or an act of a moderator, in registro-operazioni',
  'post_versions.replaced_by': 'the author of the post: in messaggi',
  'documents.deleted_by': 'her own document, in documenti with the moment, or an act of a moderator, in registro-operazioni',
  'practices.deleted_by': 'her own sheet, in buone-pratiche with the moment, or an act of a moderator, in registro-operazioni',
  'practices.superseded_by_person': 'in registro-operazioni',
  'practice_versions.published_by': 'an act of a reviewer: in registro-operazioni',
  'practice_adoptions.withdrawn_by': 'her body’s adoption, or an act of a colleague',
  'moderation_cases.decided_by': 'an act of a moderator: in registro-operazioni',
  'moderation_measures.taken_by': 'an act of a moderator: in registro-operazioni',
  'moderation_measures.lifted_by': 'an act of a moderator: in registro-operazioni',
  'trust_grants.granted_by': 'an act of a moderator: in registro-operazioni',
  'thread_notes.by_id': 'an act of a moderator on a thread: in registro-operazioni',
  'webinars.cancelled_by': 'an act of who runs the webinar: in registro-operazioni',
  'webinars.register_locked_by': 'an act of who runs the webinar: in registro-operazioni',
  'webinar_removals.by': 'an act of hers on somebody else, to whom it belongs: in registro-operazioni',
  'presence_log.by': 'a correction of somebody else’s presence, in the register that is kept by law: in registro-operazioni',
  'channel_messages.hidden_by': 'her own message, in chat-messaggi with the moment, or an act of who keeps order: in registro-operazioni',
  'room_messages.hidden_by': 'her own message, in sala-messaggi with the moment, or an act of who keeps order: in registro-operazioni',
  'recordings.deleted_by': 'an act of who runs the webinar: in registro-operazioni',
  'recording_runs.started_by': 'an act of who runs the webinar: in registro-operazioni',
  'recording_runs.stopped_by': 'an act of who runs the webinar: in registro-operazioni',
  'recording_captions.sent_by': 'who sent the captions of a webinar: their words are those of who spoke in it',
  'room_captions.author_id': 'who wrote along what was said in a webinar: the words are those of who spoke in it',
  'slide_changes.by': 'which page stood in a lesson and when: part of its replay',
  'room_announcements.withdrawn_by': 'an act of who keeps order in a room, on an announcement',
  'room_questions.settled_by': 'an act of who keeps order in a room, about somebody else’s question',
};
