/** Where a person's own texts, or texts about her, were written down: columns of text or JSON of rows `x`, found by her id. */
export interface Place {
  table: string;
  columns: string[];
  /** Whose rows, `:id` being hers. */
  where: string;
  /** Which of them are hers beyond doubt; the others may mean somebody of the same name, where there is one. All, unless told. */
  certain?: string;
  /** By which columns rows are looked through: `id` unless told. */
  key?: string[];
  /** What else must be written anew for a row that changed. */
  afterwards?: 'thread' | 'document' | 'practice-version';
}

/** Whether she had a part or a place in a webinar. */
const hersIn = (webinar: string): string => `(exists (select from webinar_seats s where s.webinar_id = ${webinar} and s.person_id = :id) or exists (select from webinar_staff f where f.webinar_id = ${webinar} and f.person_id = :id)
  or exists (select from presence_log l where l.webinar_id = ${webinar} and l.person_id = :id))`;

/** Words that others are writing where she wrote, that name her with @ or quote her. */
const WRITTEN_BESIDE = (html: string, thread: string): string => `(exists (select from posts p where p.thread_id = ${thread} and p.author_id = :id) or ${html} like '%data-person="' || :id || '"%'
  or exists (select from posts p where p.author_id = :id and strpos(${html}, 'data-post="' || p.id || '"') > 0))`;

/** What posts say is a place of its own: their words and their search are written anew (`forget-in-posts.ts`). */
export const PLACES: Place[] = [
  { table: 'threads', columns: ['title', 'close_reason', 'delete_reason'], where: 'x.author_id = :id', afterwards: 'thread' },
  { table: 'posts', columns: ['delete_reason'], where: 'x.author_id = :id' },
  { table: 'held_posts', certain: 'x.author_id = :id', columns: ['html', 'words', 'title'], where: "x.author_id = :id or x.html like '%data-person=\"' || :id || '\"%'" },
  { table: 'practices', columns: ['title', 'content', 'delete_reason'], where: 'x.author_id = :id or exists (select from practice_versions v where v.practice_id = x.id and v.author_id = :id)' },
  { table: 'practice_versions', columns: ['title', 'content'], where: 'x.author_id = :id or exists (select from practice_versions v where v.practice_id = x.practice_id and v.author_id = :id)', afterwards: 'practice-version' },
  { table: 'practice_files', columns: ['title', 'file_name'], where: 'x.author_id = :id' },
  { table: 'practice_comments', certain: 'x.author_id = :id', columns: ['words'], where: 'exists (select from practices p where p.id = x.practice_id and :id in (p.author_id, x.author_id))' },
  { table: 'practice_adoptions', columns: ['note'], where: 'x.person_id = :id' },
  { table: 'documents', columns: ['title', 'summary', 'delete_reason'], where: 'x.author_id = :id', afterwards: 'document' },
  { table: 'document_versions', columns: ['note', 'file_name'], where: 'x.author_id = :id', afterwards: 'document' },
  { table: 'post_flags', columns: ['note'], where: 'x.person_id = :id or exists (select from posts p where p.id = x.post_id and p.author_id = :id)' },
  { table: 'moderation_measures', columns: ['reason', 'lift_reason'], where: 'x.person_id = :id' },
  { table: 'moderation_appeals', columns: ['text'], where: 'exists (select from moderation_measures s where s.id = x.measure_id and s.person_id = :id)' },
  {
    table: 'moderation_cases', columns: ['reason'],
    where: `exists (select from posts p where p.id = x.post_id and p.author_id = :id) or exists (select from held_posts h where h.case_id = x.id and h.author_id = :id)
      or exists (select from moderation_appeals a join moderation_measures s on s.id = a.measure_id where a.case_id = x.id and s.person_id = :id)
      or exists (select from direct_messages y join conversation_people m on m.conversation_id = y.conversation_id where y.id = x.message_id and m.person_id = :id)`,
  },
  // The other one keeps what was written; to whom it was written is named no more
  { table: 'direct_messages', certain: 'x.author_id = :id', columns: ['text'], where: 'exists (select from conversation_people m where m.conversation_id = x.conversation_id and m.person_id = :id)' },
  {
    table: 'channel_messages', key: ['channel_id', 'sequence'], columns: ['text'],
    certain: 'x.author_id = :id or exists (select from channel_mentions k where k.channel_id = x.channel_id and k.sequence = x.sequence and k.person_id = :id)',
    where: `exists (select from channels c where c.id = x.channel_id and (exists (select from network_members m where m.network_id = c.network_id and m.person_id = :id) or exists (select from enrolments e where e.edition_id = c.edition_id and e.person_id = :id)))
      or exists (select from channels c join roles y on y.person_id = :id and ((y.role = 'trainer' and c.edition_id is not null and (y.scope_id is null or y.scope_id = (select ed.course_id from editions ed where ed.id = c.edition_id)))
        or (y.role = 'moderator' and c.network_id is not null and (y.scope_id is null or y.scope_id = c.network_id))) where c.id = x.channel_id)
      or exists (select from channel_messages y where y.channel_id = x.channel_id and y.author_id = :id) or exists (select from channel_mentions k where k.channel_id = x.channel_id and k.person_id = :id)`,
  },
  { table: 'message_reports', columns: ['note'], where: 'x.person_id = :id or exists (select from direct_messages y where y.id = x.message_id and y.author_id = :id)' },
  { table: 'drafts', certain: 'false', columns: ['title', 'html'], where: WRITTEN_BESIDE('x.html', 'x.thread_id') },
  { table: 'draft_others', certain: 'false', columns: ['title', 'html'], where: WRITTEN_BESIDE('x.html', '(select d.thread_id from drafts d where d.id = x.draft_id)') },
  // The register itself (`presence_log`) is kept by law and sealed, line upon line: it has her id and no name, and what a correction says stays as it was signed
  { table: 'webinars', certain: 'x.organiser_id = :id', columns: ['title', 'summary', 'questions', 'cancel_reason'], where: `x.organiser_id = :id or ${hersIn('x.id')}` },
  { table: 'webinar_removals', columns: ['reason'], where: 'x.person_id = :id', key: ['webinar_id', 'person_id'] },
  { table: 'room_messages', certain: 'x.author_id = :id', columns: ['text'], where: `x.author_id = :id or ${hersIn('x.webinar_id')}`, key: ['webinar_id', 'sequence'] },
  { table: 'room_questions', certain: 'x.author_id = :id', columns: ['text'], where: `x.author_id = :id or ${hersIn('x.webinar_id')}` },
  { table: 'room_polls', certain: 'x.author_id = :id', columns: ['question', 'options'], where: `x.author_id = :id or ${hersIn('x.webinar_id')}` },
  { table: 'room_announcements', certain: 'x.author_id = :id', columns: ['text'], where: `x.author_id = :id or ${hersIn('x.webinar_id')}` },
  { table: 'recordings', columns: ['delete_reason'], where: `${hersIn('x.webinar_id')}`, key: ['webinar_id'] },
  { table: 'recording_marks', certain: 'x.author_id = :id', columns: ['title'], where: `x.author_id = :id or ${hersIn('x.webinar_id')}` },
  { table: 'recording_captions', certain: 'false', columns: ['text'], where: `${hersIn('x.webinar_id')}`, key: ['webinar_id', 'language'] },
  // What was said, whoever wrote it along
  { table: 'room_captions', certain: 'false', columns: ['text'], where: `x.author_id = :id or ${hersIn('x.webinar_id')}`, key: ['webinar_id', 'sequence'] },
  { table: 'slide_decks', certain: 'x.author_id = :id', columns: ['title', 'file_name'], where: `x.author_id = :id or ${hersIn('x.webinar_id')}` },
  // The pictures of the pages stay as they were drawn, as do the files of documents
  { table: 'slide_pages', certain: 'exists (select from slide_decks d where d.id = x.deck_id and d.author_id = :id)', columns: ['words'], where: `exists (select from slide_decks d where d.id = x.deck_id and (d.author_id = :id or ${hersIn('d.webinar_id')}))`, key: ['deck_id', 'number'] },
  { table: 'network_members', columns: ['reason'], where: 'x.person_id = :id' },
  // Why UPI closed it
  { table: 'account_closures', columns: ['reason'], where: 'x.person_id = :id', key: ['person_id'] },
  { table: 'affiliations', columns: ['reason'], where: 'x.person_id = :id' },
  { table: 'enrolment_changes', columns: ['reason'], where: 'exists (select from enrolments e where e.id = x.enrolment_id and e.person_id = :id)' },
  // What she did, what was done to her or to what is hers; and what moderators did to posts in which she is named
  {
    table: 'audit_entries', columns: ['details'],
    where: `x.actor_id = :id or x.subject_id = :id or x.details::text like '%' || :id || '%' or (x.subject_kind = 'post' and exists (select from posts p where p.id = x.subject_id and p.author_id = :id))
      or (x.subject_kind = 'thread' and exists (select from threads t where t.id = x.subject_id and t.author_id = :id)) or (x.subject_kind = 'practice' and exists (select from practices p where p.id = x.subject_id and p.author_id = :id))
      or (x.subject_kind = 'document' and exists (select from documents d where d.id = x.subject_id and d.author_id = :id)) or (x.subject_kind = 'enrolment' and exists (select from enrolments e where e.id = x.subject_id and e.person_id = :id))
      or (x.subject_kind = 'webinar' and (exists (select from webinars w where w.id = x.subject_id and w.organiser_id = :id) or ${hersIn('x.subject_id')}))
      or (x.subject_kind = 'membership' and exists (select from network_members m where m.id = x.subject_id and m.person_id = :id))`,
  },
  // What others were told, and will be. Who is meant stands in it; before it did, her name alone told
  { table: 'notices', certain: "x.params ->> 'personId' = :id", columns: ['params'], where: "x.params ->> 'personId' = :id or x.params ->> 'personId' is null" },
  { table: 'mails', certain: "exists (select from notices n where n.key = x.key and n.params ->> 'personId' = :id)", columns: ['subject', 'body_text', 'body_html', 'calendar'], where: "not exists (select from notices n where n.key = x.key and n.params ->> 'personId' <> :id)" },
];

/** What is hers alone and of use to nobody else goes: `:id` is hers. */
export const GONE: string[] = [
  'delete from sessions where person_id = :id',
  'delete from mail_tokens where person_id = :id',
  'delete from mails where person_id = :id',
  'delete from inbound_mails where person_id = :id',
  'delete from notices where person_id = :id',
  'delete from notification_levels where person_id = :id',
  'delete from notification_settings where person_id = :id',
  'delete from thread_readings where person_id = :id',
  'delete from channel_readings where person_id = :id',
  'delete from person_blocks where person_id = :id',
  'delete from trust_grants where person_id = :id',
  'delete from edition_trainers where person_id = :id',
  // With what other windows of hers had written
  'delete from drafts where person_id = :id',
  'delete from presence_refusals where person_id = :id',
  // How many answers of hers were accepted is counted by the database with the threads; without consents it is shown to nobody
  'delete from expertise_consents where person_id = :id',
  'delete from competences where person_id = :id',
  'delete from calendar_feeds where person_id = :id',
  'delete from recording_positions where person_id = :id',
  "update webinar_seats set answers = '{}' where person_id = :id and answers <> '{}'",
  // The entry for a calendar was for the mail, and goes when that is sent; where it waits, its lines are whole, so that no name is folded in its middle
  ...['null', "jsonb_set(calendar, '{content}', to_jsonb(replace(calendar ->> 'content', chr(13) || chr(10) || ' ', '')))"].map((entry, index) =>
    `update mails set calendar = ${entry} where calendar is not null and (sent_at is null and dropped_at is null) = ${index === 1}
        and exists (select from webinar_staff f where f.person_id = :id and strpos(mails.calendar ->> 'content', 'UID:' || f.webinar_id) > 0)`),
  'update network_members set motivation = null where person_id = :id and motivation is not null',
  'update enrolments set motivation = null where person_id = :id and motivation is not null',
  // Drafts that nobody but she has seen
  "update practices set deleted_at = coalesce(deleted_at, now()), title = '–', tags = '{}', content = '{}' where author_id = :id and version_id is null and submitted_at is null",
];
