import type { Tx } from '../database/transaction.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';

/** What people of each network say that they know. */
const COMPETENCES: Record<string, readonly string[]> = {
  sua: ['accordo quadro', 'affidamento diretto', 'piattaforme di approvvigionamento', 'qualificazione stazioni appaltanti', 'servizi sociali', 'revisione prezzi', 'incentivi tecnici', 'convenzioni con i comuni', 'commissioni di gara', 'rup'],
  sape: ['fesr', 'interreg', 'rendicontazione', 'aiuti di stato', 'pnrr', 'partenariati europei', 'progettazione europea', 'dnsh', 'life', 'time sheet'],
  sit: ['qgis', 'database topografico', 'open data', 'catasto strade', 'geoportale', 'interoperabilità', 'spid e cie', 'cloud', 'accessibilità', 'pdnd'],
  personale: ['contrattazione decentrata', 'concorsi', 'previdenza', 'lavoro agile', 'elevate qualificazioni', 'progressioni tra le aree', 'fondo risorse decentrate', 'formazione', 'procedimenti disciplinari', 'benessere organizzativo'],
  piao: ['valore pubblico', 'fabbisogni di personale', 'performance', 'anticorruzione', 'indicatori', 'monitoraggio', 'semplificazione', 'parità di genere', 'piao', 'obiettivi'],
};

/** Of each network: enough that a search finds somebody from several Provinces. */
const OF_EACH = 8;

/** Colleagues who let themselves be found: some show all, some only a part, and who shows nothing stays as she is. */
export async function seedExperts(tx: Tx, random: Random, people: DemoPerson[], now: Date): Promise<void> {
  const chosen = new Map<string, string[]>();
  for (const [key, competences] of Object.entries(COMPETENCES)) {
    const network = (await tx('networks').where({ key }).first('id')) as { id: string } | undefined;
    if (!network) continue;
    // Who has solved something is likelier to say so
    const { rows } = await tx.raw<{ rows: { person_id: string }[] }>(
      `select m.person_id from network_members m left join answer_counts c on c.person_id = m.person_id and c.network_id = m.network_id and c.tag = ''
        where m.network_id = ? and m.status = 'active' order by coalesce(c.answers, 0) desc, m.id`, [network.id]);
    // As whom one signs in to try it out finds everything switched off
    const known = new Set(people.filter(({ email }) => !/^(chiara\.serra|paolo\.zanetti)@/.test(email)).map(({ id }) => id));
    const willing = rows.map(({ person_id: id }) => id).filter((id) => known.has(id) && !chosen.has(id)).slice(0, OF_EACH);
    for (const id of willing) chosen.set(id, random.shuffled(competences).slice(0, random.int(2, 5)));
  }
  await tx('competences').insert([...chosen].flatMap(([person_id, tags]) => tags.map((tag, position) => ({ person_id, tag, position }))));
  const shown = [['competences', 'answers', 'certificates'], ['competences', 'answers'], ['competences'], ['competences', 'certificates']];
  await tx('expertise_consents').insert([...chosen.keys()].flatMap((person_id, index) => (shown[index % shown.length] ?? []).map((what) => ({ person_id, what, given_at: now }))));
}
