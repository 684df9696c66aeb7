import { z } from 'zod';
import { Id, Moment, page, pageQuery, text } from './common.ts';
import { NetworkKey } from './community.ts';

/** A notice, its text already in the reader's language. */
export const Notice = z.object({
  id: Id,
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  /** A path of ours, where there is something to see or do. */
  link: z.string().nullable(),
  /** Why she got it, and the page where that is changed; null where it is about herself. */
  why: z.object({ text: z.string(), link: z.string() }).nullable(),
  createdAt: Moment,
  readAt: Moment.nullable(),
});
export type Notice = z.output<typeof Notice>;

export const NoticePage = page(Notice);
export const NoticeQuery = z.object({ ...pageQuery, unread: z.enum(['true', 'false']).optional() });
export const Unread = z.object({ unread: z.int() });

/** A mail that the platform wrote; read by an administrator where no mail server sends it. */
export const Mail = z.object({ id: Id, to: z.string(), subject: z.string(), createdAt: Moment, sentAt: Moment.nullable() });
export type Mail = z.output<typeof Mail>;
export const MailPage = page(Mail);
export const MailQuery = z.object({ ...pageQuery, to: text(0, 200).default('') });
/** `links`: the addresses in the text, ours first among them, to be opened from the page. */
export const MailDetail = Mail.extend({ text: z.string(), links: z.array(z.string()) });
export type MailDetail = z.output<typeof MailDetail>;
/** Whether mails leave; where they do not, an administrator reads them in her pages. */
export const MailService = z.object({ delivers: z.boolean() });
export type MailService = z.output<typeof MailService>;

/** How closely one follows a network, a tag in it or a thread; the most attentive first. */
export const NoticeLevel = z.enum(['watching', 'first', 'normal', 'tracking', 'muted']);
export type NoticeLevel = z.output<typeof NoticeLevel>;
/** What was chosen for this very place, what holds there, and which place says so. */
export const LevelState = z.object({ own: NoticeLevel.nullable(), effective: NoticeLevel, from: z.enum(['thread', 'tag', 'network', 'default']) });
export type LevelState = z.output<typeof LevelState>;
/** null: as the wider place says. */
export const LevelInput = z.object({ level: NoticeLevel.nullable() });
export const LevelQuery = z.object({ tag: z.string().trim().toLowerCase().min(1).max(40).optional() });
export const FollowedPlace = z.object({
  level: NoticeLevel, network: z.object({ key: NetworkKey, name: z.string() }), tag: z.string().nullable(), thread: z.object({ number: z.int(), title: z.string() }).nullable(),
});
export type FollowedPlace = z.output<typeof FollowedPlace>;
export const FollowedPlaces = z.object({ items: z.array(FollowedPlace) });
export type FollowedPlaces = z.output<typeof FollowedPlaces>;

/** Kinds of notices of the community, each with a way of its own. */
export const NoticeGroup = z.enum(['mention', 'reply', 'thread', 'solution', 'message']);
export type NoticeGroup = z.output<typeof NoticeGroup>;
/** Besides the page: a mail at once, with the day's or the week's digest, or none. */
export const NoticeWay = z.enum(['now', 'daily', 'weekly', 'none']);
export type NoticeWay = z.output<typeof NoticeWay>;
const HourMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'bad-hour' });
export const NotificationSettings = z.object({
  ways: z.object({ mention: NoticeWay, reply: NoticeWay, thread: NoticeWay, solution: NoticeWay, message: NoticeWay, suggestion: z.enum(['daily', 'weekly', 'none']) }),
  /** In Rome; from the evening to the morning passes midnight. null: no quiet hours. */
  quiet: z.object({ from: HourMinute, until: HourMinute }).refine(({ from, until }) => from !== until, { error: 'quiet-empty', path: ['until'] }).nullable(),
  quietWeekends: z.boolean(),
  /** false: no mail of the community at all. */
  mails: z.boolean(),
});
export type NotificationSettings = z.output<typeof NotificationSettings>;

/** What a link of a mail unsubscribes from: seen by whoever holds it. */
export const Unsubscription = z.object({ scope: z.enum(['thread', 'network', 'all']), name: z.string(), done: z.boolean() });
export type Unsubscription = z.output<typeof Unsubscription>;
export const UnsubscriptionToken = z.string().regex(/^[A-Za-z0-9_-]{40,120}$/);
