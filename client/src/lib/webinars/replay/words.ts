import type { ReplayFile } from '$contract/recording.ts';
import { m } from '$lib/paraglide/messages.js';

export const replayHref = (number: number): string => `/webinar/${number}/registrazione`;
export const fileHref = (number: number, id: string): string => `/api/v1/webinars/${number}/recording/files/${id}`;
export const captionsHref = (number: number, language: string): string => `/api/v1/webinars/${number}/recording/captions/${language}`;

/** What a file shows, and whose. */
export const fileWord = ({ kind, person }: Pick<ReplayFile, 'kind' | 'person'>): string =>
	({ camera: m.replay_camera_of, screen: m.replay_screen_of, audio: m.replay_voice_of })[kind]({ name: person });

export const languageWord = (language: 'it' | 'en'): string => (language === 'it' ? m.replay_captions_it() : m.replay_captions_en());
