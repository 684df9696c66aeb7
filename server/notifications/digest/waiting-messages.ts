import type { DigestSection } from './section.ts';
import { takeIn, type WaitingNotice } from './take-in.ts';

const WORDS = { it: { title: 'Messaggi diretti', note: 'Il testo si legge solo nella piattaforma' }, en: { title: 'Direct messages', note: 'Its text is read on the platform alone' } };

/** Who wrote to her and waits for this digest, unread; in one digest only. */
export const waitingMessages: DigestSection = async (tx, { id, language, due }) => {
  const rows = (await tx('notices').where({ person_id: id, kind: 'direct-message' }).whereRaw('digest = any(?)', [due]).whereNull('digested_at').whereNull('read_at').orderBy('id', 'desc').forUpdate().select('id', 'kind', 'params', 'link')) as WaitingNotice[];
  if (rows.length === 0) return undefined;
  const { title, note } = WORDS[language];
  return { title, items: await takeIn(tx, rows, language, () => note), networkIds: [] };
};
