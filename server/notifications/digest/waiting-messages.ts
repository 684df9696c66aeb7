import { config } from '../../config.ts';
import { clock } from '../../gateways/clock.ts';
import { type NoticeParams, textOf } from '../texts.ts';
import type { DigestSection } from './section.ts';

const WORDS = { it: { title: 'Messaggi diretti', note: 'Il testo si legge solo nella piattaforma' }, en: { title: 'Direct messages', note: 'Its text is read on the platform alone' } };

interface Row {
  id: string;
  kind: string;
  params: NoticeParams;
  link: string;
}

/** Who wrote to her and waits for this digest, unread; in one digest only. */
export const waitingMessages: DigestSection = async (tx, { id, language, due }) => {
  const rows = (await tx('notices').where({ person_id: id, kind: 'direct-message' }).whereRaw('digest = any(?)', [due]).whereNull('digested_at').whereNull('read_at').orderBy('id', 'desc').forUpdate().select('id', 'kind', 'params', 'link')) as Row[];
  if (rows.length === 0) return undefined;
  await tx('notices').whereIn('id', rows.map((row) => row.id)).update({ digested_at: clock.now() });
  const { title, note } = WORDS[language];
  return { title, items: rows.map(({ kind, params, link }) => ({ label: textOf(kind, language, params).title, note, url: config.publicUrl + link })), networkIds: [] };
};
