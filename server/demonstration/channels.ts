import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/transaction.ts';
import type { DemoPerson } from './people.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Who writes: a sample person by the beginning of her address, or the n-th of the others who are there. How many minutes ago, or days where it is negative. */
type Line = [string | number, number, string];

const IN_SUA: Line[] = [
  ['marta.zanella@', -6, 'Buongiorno a tutti. La prossima settimana approviamo il nuovo schema di convenzione in Consiglio: se qualcuno l’ha già fatto quest’anno, mi interessa sapere quanto è durato l’esame in commissione.'],
  [0, -6, 'Da noi due sedute. La parte più discussa è stata il riparto delle spese.'],
  [1, -6, 'Confermo: portate una tabella con i costi per Comune, aiuta molto.'],
  ['chiara.serra@', -5, 'Io ho messo nella biblioteca la nostra tabella, è un foglio di calcolo con le formule già pronte.'],
  ['marta.zanella@', -5, 'Perfetto, grazie @Chiara Serra!'],
  [2, -3, 'Qualcuno sta usando la piattaforma regionale anche per gli affidamenti sotto i 5.000 euro?'],
  [0, -3, 'Sì, per non avere due strade diverse. Dopo il primo mese nessuno se ne accorge più.'],
  [3, -2, 'Ricordo a tutti che domani dalle 8 alle 10 il portale dell’ANAC è in manutenzione.'],
  [1, -1, 'Grazie dell’avviso, abbiamo spostato la seduta di gara alle 11.'],
  ['marta.zanella@', 95, 'Approvato lo schema, all’unanimità. Apro una discussione con il testo definitivo, così resta per tutti.'],
  [0, 80, 'Complimenti!'],
  ['elena.conti@', 40, 'Ottimo lavoro. Se vi va ne parliamo nel prossimo webinar della rete.'],
];

const IN_EDITION: Line[] = [
  ['elena.conti@', -8, 'Benvenute e benvenuti. Qui ci scriviamo tra una lezione e l’altra; le domande sul contenuto fatele pure in aula, così servono a tutti.'],
  [0, -7, 'Grazie! Le registrazioni saranno disponibili?'],
  ['elena.conti@', -7, 'Sì, di solito entro un’ora dalla fine, nella lezione del corso.'],
  ['chiara.serra@', -4, 'Ho finito il secondo modulo: l’esercizio sulle soglie vale la pena di rifarlo.'],
  [1, -4, 'D’accordo, io alla prima ho sbagliato il calcolo delle opzioni.'],
  [2, 150, 'La prova finale è aperta fino alla fine dell’edizione, giusto?'],
  ['elena.conti@', 35, 'Giusto, e si può ripetere. @Chiara Serra a te manca solo quella.'],
];

/** What is said in the chats of a network and of an edition that is going on. */
export async function seedChannels(tx: Tx, people: DemoPerson[], now: Date): Promise<void> {
  const network = (await tx('networks').where('key', 'sua').first('id')) as { id: string } | undefined;
  const sample = (start: string): string => {
    const found = people.find(({ email }) => email.startsWith(start));
    if (!found) throw new Error(`The demonstration misses ${start}`);
    return found.id;
  };
  const chiara = sample('chiara.serra@');
  const edition = (await tx('enrolments as e').join('editions as ed', 'ed.id', 'e.edition_id').where({ 'e.person_id': chiara, 'e.status': 'active' }).whereNotNull('ed.published_at').orderBy('ed.starts_on', 'desc').first('e.edition_id')) as { edition_id: string } | undefined;
  if (!network || !edition) throw new Error('The demonstration misses a network or an edition');
  const inNetwork = (await tx('network_members').where({ network_id: network.id, status: 'active' }).orderBy('id').limit(40).pluck('person_id')) as string[];
  const inEdition = (await tx('enrolments').where({ edition_id: edition.edition_id, status: 'active' }).orderBy('id').limit(40).pluck('person_id')) as string[];
  await seed(tx, { network_id: network.id }, IN_SUA, inNetwork);
  await seed(tx, { edition_id: edition.edition_id }, IN_EDITION, inEdition);

  async function seed(tx: Tx, place: { network_id: string } | { edition_id: string }, lines: Line[], there: string[]): Promise<void> {
    const samples = new Map(lines.flatMap(([who]) => (typeof who === 'string' ? [[who, sample(who)] as const] : [])));
    const others = there.filter((id) => ![...samples.values()].includes(id));
    const author = (who: string | number): string => (typeof who === 'string' ? samples.get(who) : others[who % Math.max(1, others.length)]) ?? chiara;
    const at = (when: number): Date => new Date(now.getTime() + (when < 0 ? when * DAY : -when * MINUTE));
    const rows = lines.map(([who, when, text], i) => ({ sequence: i + 1, author_id: author(who), client_id: randomUUID(), text, at: new Date(at(when).getTime() + i * MINUTE) }));
    const [channel] = (await tx('channels').insert({ ...place, last_sequence: rows.length, last_at: rows.at(-1)?.at }).returning('id')) as { id: string }[];
    if (!channel) throw new Error('not inserted');
    await tx('channel_messages').insert(rows.map((row) => ({ channel_id: channel.id, ...row })));
    const named = rows.filter(({ text }) => text.includes('@Chiara Serra')).map(({ sequence }) => ({ channel_id: channel.id, sequence, person_id: chiara }));
    await tx('channel_mentions').insert(named);
    // The last two are new to her
    await tx('channel_readings').insert({ channel_id: channel.id, person_id: chiara, sequence: rows.length - 2, at: now });
  }
}
