import type { ChannelMessage } from './channels.ts';
import type { LiveCaption } from './live-captions.ts';
import type { RoomMessage } from './room-talk.ts';
import type { ShownSlide } from './slides.ts';

/** What travels over `/app`: hints to look again, never the only copy of anything. */
export interface ServerToClient {
  /** A new or changed notice of this person. */
  'notices:changed': (hint: { unread: number }) => void;
  /** The certificate of one of this person's enrolments is ready. */
  'certificate:issued': (hint: { certificateId: string; enrolmentId: string; code: string; courseTitle: string }) => void;
  /** The state of one of this person's enrolments changed (approved, promoted, completed …). */
  'enrolment:changed': (hint: { enrolmentId: string }) => void;
  /** Figures of the programme changed: ask for them again. Names no Province, because anybody may listen. */
  'statistics:changed': (hint: { areas: string[] }) => void;
  /** A thread has a new post, or the post `changed` says something else, or several do, or the thread is elsewhere: ask for posts after the last one that you have. */
  'thread:changed': (hint: { number: number; lastSequence: number; changed?: number | 'several' }) => void;
  /** Something was written in a network. */
  'network:changed': (hint: { thread: number }) => void;
  /** This person has read further, maybe in another window: up to a post of a thread, or everything in a network. */
  'reading:changed': (hint: { network: string; thread?: number; sequence?: number }) => void;
  /** A conversation of this person has a new message, or she has read further in another window: ask for messages after the last one that you have. */
  'direct:changed': (hint: { conversation: string; lastSequence: number }) => void;
  /** Somebody wrote in a channel: the message itself; its number says whether one was missed. */
  'channel:said': (told: { place: string; message: ChannelMessage }) => void;
  'channel:hidden': (told: { place: string; sequence: number }) => void;
  /** This person has read a channel further, maybe in another window. */
  'channel:read': (hint: { place: string; sequence: number }) => void;
  /** Something waits for this moderator, or no longer does: ask again how much. */
  'moderation:changed': (hint: { network: string | null }) => void;
  /** Somebody came into a room or left it, or its register was corrected or locked: for who runs the webinar. */
  'register:changed': (hint: { webinarId: string }) => void;
  /** Somebody wrote in a live room: the message itself, because a thousand who ask for it at once would be worse. Its number says whether one was missed. */
  'room:said': (told: { number: number; message: RoomMessage }) => void;
  /** A number of a room that was not for you. */
  'room:passed': (told: { number: number; sequence: number }) => void;
  'room:hidden': (told: { number: number; sequence: number }) => void;
  'room:changed': (hint: { number: number; what: 'messages' | 'questions' | 'polls' | 'slides' | 'announcements' | 'streams' }) => void;
  /** What is being said in a live room, a line of it; its number says whether one was missed. */
  'room:captioned': (told: { number: number; caption: LiveCaption }) => void;
  /** Another page is shown in a live room. */
  'room:slide': (told: { number: number } & ShownSlide) => void;
  /** Who is here now, in a topic in which people see each other: how many, and some of them. */
  'presence:changed': (state: { topic: string; count: number; people: Present[] }) => void;
  /** Somebody here is writing, or no longer is. Said again every few seconds: who is not heard of any more has stopped. */
  'presence:typing': (hint: { topic: string; person: Present; going: boolean }) => void;
}

/** Somebody whom others may see here: no address. */
export interface Present {
  id: string;
  name: string;
}

export interface Ack {
  ok: boolean;
  code?: string;
}

export interface ClientToServer {
  /** Asks for a topic's hints; refused where the person may not. */
  subscribe: (topic: string, done: (ack: Ack) => void) => void;
  unsubscribe: (topic: string, done: (ack: Ack) => void) => void;
  /** I follow this live room, number so and so, without its pictures and sound: I am there as long as this connection lives, or until I say `unattend`. */
  attend: (number: number, done: (ack: Ack) => void) => void;
  unattend: (number: number) => void;
  /** I am writing, in a topic in which people see each other, or no longer am. */
  typing: (topic: string, going: boolean) => void;
}

/** What web processes say to each other. */
export interface BetweenServers {
  /** Whoever sent it hears it too: that is how a process knows that the database brings it what is published. */
  listening: (process: string) => void;
  /** Who is connected to this process in a topic in which people see each other. `asks`: it has just come, and wants to know of the others. */
  present: (state: { process: string; topic: string; count: number; people: Present[]; asks: boolean }) => void;
}
