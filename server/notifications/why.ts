import type { Language } from '../http/actor.ts';
import type { NoticeParams } from './texts.ts';

/** Why somebody got a notice of the community, and where that is changed. */
const WHY = {
  'mentioned': { it: 'Qualcuno ti ha nominato in questa discussione della rete «{network}».', en: 'Somebody named you in this thread of the network “{network}”.', place: 'thread' },
  'asked': { it: 'Hai aperto tu la discussione.', en: 'You opened the thread.', place: 'thread' },
  'wrote': { it: 'Hai scritto in questa discussione.', en: 'You wrote in this thread.', place: 'thread' },
  'interested': { it: 'Hai detto che avete la stessa domanda.', en: 'You said that you have the same question.', place: 'thread' },
  'answered': { it: 'La risposta accolta è tua.', en: 'The accepted answer is yours.', place: 'thread' },
  'watching-thread': { it: 'Segui tutti i messaggi di questa discussione.', en: 'You follow every message of this thread.', place: 'thread' },
  'watching-tag': { it: 'Segui tutti i messaggi con l’etichetta «{tag}» nella rete «{network}».', en: 'You follow every message with the tag “{tag}” in the network “{network}”.', place: 'tag' },
  'watching-network': { it: 'Segui tutti i messaggi della rete «{network}».', en: 'You follow every message of the network “{network}”.', place: 'network' },
  'first-tag': { it: 'Vuoi sapere delle nuove discussioni con l’etichetta «{tag}» nella rete «{network}».', en: 'You want to know of new threads with the tag “{tag}” in the network “{network}”.', place: 'tag' },
  'first-network': { it: 'Vuoi sapere delle nuove discussioni della rete «{network}».', en: 'You want to know of new threads in the network “{network}”.', place: 'network' },
  'message': { it: 'Qualcuno ti ha scritto un messaggio diretto.', en: 'Somebody wrote you a direct message.', place: 'settings' },
  'named-in-chat': { it: 'Qualcuno ti ha nominato in una chat di cui fai parte.', en: 'Somebody named you in a chat that you are in.', place: 'settings' },
  'suggested': { it: 'Il riepilogo ti arriva perché fai parte di una rete tematica.', en: 'You get the digest because you are in a thematic network.', place: 'settings' },
} as const satisfies Record<string, Record<Language, string> & { place: 'thread' | 'tag' | 'network' | 'settings' }>;

export type Why = keyof typeof WHY;
const isWhy = (word: string | undefined): word is Why => word !== undefined && Object.hasOwn(WHY, word);

const LINKS: Record<(typeof WHY)[Why]['place'], (params: NoticeParams) => string> = {
  thread: ({ networkKey, number }) => `/reti/${networkKey}/discussioni/${number}#avvisi`,
  tag: ({ networkKey, tag = '' }) => `/reti/${networkKey}?etichetta=${encodeURIComponent(tag)}#avvisi`,
  network: ({ networkKey }) => `/reti/${networkKey}#avvisi`,
  settings: () => '/profilo/notifiche',
};

/** The rule that caused a notice, in words, and the page that changes it; null for a notice that is about the person herself. */
export function whyOf(params: NoticeParams, language: Language): { text: string; link: string } | null {
  const { why } = params;
  if (!isWhy(why)) return null;
  return { text: WHY[why][language].replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole), link: LINKS[WHY[why].place](params) };
}
