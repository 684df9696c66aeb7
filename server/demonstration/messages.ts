import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/transaction.ts';
import type { DemoPerson } from './people.ts';

const HOUR = 3_600_000;

interface Exchange {
  between: [string, string];
  /** Who writes: the first of the two or the second; and how many hours ago. */
  said: [0 | 1, number, string][];
  /** How many of them the two have read. */
  read: [number, number];
}

/** What people of the demonstration write to each other: an answer that waits, a talk that goes on, one that is over. */
const EXCHANGES: Exchange[] = [
  {
    between: ['chiara.serra@', 'marta.zanella@'],
    said: [
      [0, 50, 'Buongiorno Marta, ho letto la tua risposta sulla convenzione con i Comuni. Mi puoi mandare la delibera con cui l’avete approvata?'],
      [1, 46, 'Ciao Chiara, certo: la metto nella biblioteca della rete, così la trovano anche gli altri.'],
      [0, 45, 'Grazie, ottima idea.'],
      [1, 3, 'Fatto. Guarda l’articolo 4: è quello che ci ha fatto discutere di più. Se vuoi ne parliamo al telefono giovedì.'],
    ],
    read: [3, 4],
  },
  {
    between: ['elena.conti@', 'chiara.serra@'],
    said: [
      [0, 30, 'Ciao Chiara, la tua scheda sulla piattaforma unica mi sembra pronta: ti ho lasciato due commenti.'],
      [1, 28, 'Grazie Elena, li sistemo entro domani.'],
    ],
    read: [2, 2],
  },
];

export async function seedMessages(tx: Tx, people: DemoPerson[], now: Date): Promise<void> {
  for (const { between, said, read } of EXCHANGES) {
    const two = between.map((start) => people.find(({ email }) => email.startsWith(start))?.id);
    const [first, second] = two;
    const last = said.at(-1);
    if (!first || !second || !last) throw new Error(`The demonstration misses ${between.join(' or ')}`);
    const at = (hours: number) => new Date(now.getTime() - hours * HOUR);
    const [low, high] = [first, second].sort();
    const [row] = (await tx('conversations').insert({ low_id: low, high_id: high, started_by: first, created_at: at(said[0]?.[1] ?? 0), last_at: at(last[1]), last_sequence: said.length }).returning('id')) as { id: string }[];
    if (!row) throw new Error('not inserted');
    await tx('conversation_people').insert([first, second].map((person_id, who) => ({ conversation_id: row.id, person_id, read_sequence: read[who] ?? 0, read_at: at(last[1]) })));
    await tx('direct_messages').insert(said.map(([who, hours, text], index) => ({ conversation_id: row.id, sequence: index + 1, author_id: who === 0 ? first : second, text, created_at: at(hours), client_id: randomUUID() })));
  }
}
