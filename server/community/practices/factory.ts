import { randomUUID } from 'node:crypto';
import type { PracticeContent } from '../../contract/practices.ts';
import type { TestClient } from '../../testing/app.ts';

/** A sheet in which nothing is missing. */
export const aSheet = (overrides: Partial<PracticeContent> = {}): PracticeContent => ({
  title: 'Una piattaforma sola per le gare dei Comuni', tags: ['piattaforme'], problem: '<p>Ogni Comune comprava da sé.</p>', solution: '<p>La Provincia mette a disposizione la sua piattaforma.</p>',
  costEuro: 12_000, costNote: 'canone annuo', staff: 'Due funzionari a metà tempo', time: 'Sei mesi', legalBasis: ['D.Lgs. 36/2023, art. 25'],
  results: [{ label: 'Gare svolte in un anno', value: 84, unit: 'gare' }], contact: 'Servizio stazione appaltante', ...overrides,
});

/** A draft written over HTTP by this browser's person. @returns its number. */
export async function aDraft(client: TestClient, network: { key: string }, overrides: Partial<PracticeContent> = {}): Promise<number> {
  const { status, body } = await client.post<{ number: number }>(`networks/${network.key}/practices`, { clientId: randomUUID(), ...aSheet(overrides) });
  if (status !== 201) throw new Error(`draft: ${status} ${JSON.stringify(body)}`);
  return body.number;
}

/** The same, handed in and published by a reviewer. @returns its number. */
export async function aPublished(author: TestClient, reviewer: TestClient, network: { key: string }, overrides: Partial<PracticeContent> = {}): Promise<number> {
  const number = await aDraft(author, network, overrides);
  for (const answer of [await author.put(`practices/${number}/submission`, { revision: 1 }), await reviewer.put(`practices/${number}/publication`, { revision: 1 })]) {
    if (answer.status !== 200) throw new Error(`publication: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return number;
}
