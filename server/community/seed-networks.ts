import type { NetworkInput } from '../contract/community.ts';
import { database } from '../database/connection.ts';

/** The networks that every installation begins with, one for each vertical of the programme. UPI changes them as it likes. */
export const FIRST_NETWORKS: NetworkInput[] = [
  {
    key: 'sua', name: 'SUA: stazioni uniche appaltanti', area: 'appalti', joining: 'open', reading: 'public',
    summary: 'Gare per conto dei Comuni, convenzioni, qualificazione, piattaforme digitali: l’esperienza di chi bandisce e di chi si affida alla Provincia.',
  },
  {
    key: 'sape', name: 'SAPE: politiche europee', area: 'europa', joining: 'open', reading: 'public',
    summary: 'Bandi, partenariati, budget e rendicontazione dei progetti europei: chi ha già fatto il percorso aiuta chi comincia.',
  },
  {
    key: 'sit', name: 'SIT: innovazione territoriale', area: 'innovazione', joining: 'open', reading: 'public',
    summary: 'Servizi digitali per i Comuni, dati aperti e cartografia, interoperabilità, accessibilità, sicurezza informatica.',
  },
  {
    key: 'personale', name: 'Politiche del personale', area: 'personale', joining: 'request', reading: 'public',
    summary: 'Concorsi, fabbisogni, formazione e contrattazione: domande e soluzioni degli uffici personale di Province e Comuni.',
  },
  {
    key: 'piao', name: 'PIAO: piano integrato di attività e organizzazione', area: 'personale', joining: 'request', reading: 'members',
    summary: 'Schemi, monitoraggio e integrazione con bilancio e anticorruzione. Si legge e si scrive tra colleghi: bozze comprese.',
  },
];

/** Opens them where they are not there yet; what UPI has changed stays as it is. */
export async function seedNetworks(): Promise<void> {
  await database()('networks').insert(FIRST_NETWORKS.map(({ area, ...network }) => ({ ...network, area_code: area }))).onConflict('key').ignore();
}
