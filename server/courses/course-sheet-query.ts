import { SEATS_TAKEN } from './seats-taken.ts';

/** More open editions than this are a list, not a sheet. */
const MOST_EDITIONS = 60;

/** The whole sheet of a published course in one statement. Parameters: key, day. */
export const COURSE_SHEET = `
select c.id, c.key, v.title, v.summary, v.audience, c.area_code as area, v.level, v.modality, v.language, v.minutes, v.objectives, v.trainers, v.completion,
  json_build_object('number', v.number, 'publishedAt', to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as version,
  (select json_agg(json_build_object('key', m.key, 'title', m.title, 'minutes', l.minutes, 'lessons', l.lessons) order by m.position)
     from modules m join lateral (
       select sum(l.minutes)::int as minutes, json_agg(json_build_object('key', l.key, 'title', l.title, 'kind', l.kind, 'minutes', l.minutes) order by l.position) as lessons
         from lessons l where l.module_id = m.id) l on l.lessons is not null
    where m.version_id = v.id) as modules,
  coalesce((select json_agg(json_build_object('key', q.key, 'title', q.title, 'draw', q.draw, 'pass', json_build_array(q.pass_numerator, q.pass_denominator),
              'minutes', q.minutes, 'attempts', q.attempts, 'pauseMinutes', q.pause_minutes) order by q.key)
     from quizzes q where q.version_id = v.id), '[]') as quizzes,
  array(select source from (select source, min(l.position * 1000 + n) as place from lessons l, unnest(l.sources) with ordinality s (source, n) where l.version_id = v.id group by 1) s order by place) as sources,
  coalesce((select json_agg(e) from (
     select e.id, e.code, case when e.enrol_from <= $2 then 'open' else 'scheduled' end as state, e.starts_on as "startsOn", e.ends_on as "endsOn", e.enrol_from as "enrolFrom",
            e.enrol_until as "enrolUntil", e.modality, e.place, e.seats, case when e.seats is not null then greatest(e.seats - (${SEATS_TAKEN}), 0) end as "seatsLeft",
            e.seats_per_member as "seatsPerMember", e.approval
       from editions e
      where e.course_id = c.id and e.published_at is not null and e.cancelled_at is null and e.enrol_until >= $2
      order by e.starts_on, e.id limit ${MOST_EDITIONS}) e), '[]') as editions
from courses c join course_versions v on v.id = c.current_version_id
where c.key = $1 and c.withdrawn_at is null`;
