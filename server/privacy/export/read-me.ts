import { SECTIONS } from './sections.ts';

const ROME = new Intl.DateTimeFormat('it', { timeZone: 'Europe/Rome', dateStyle: 'long', timeStyle: 'short' });

/** What the archive says of itself, for who opens it. */
export function leggimi(requestedAt: Date): string {
  return `COPIA DEI TUOI DATI IN PI.CO.

Questa è la copia dei dati che ti riguardano, come stanno nella piattaforma Pi.Co. L'hai chiesta il ${ROME.format(requestedAt)}.
La ricevi in base agli articoli 15 (diritto di accesso) e 20 (diritto alla portabilità) del Regolamento (UE) 2016/679, GDPR.
Titolare del trattamento: UPI, Unione delle Province d'Italia.

COME È FATTA
I file con estensione .json contengono i dati in un formato che un altro programma può leggere (JSON, testo UTF-8): ciascuno
è un elenco di voci. I nomi dei campi sono in inglese, come nella base dati. Date e ore sono in formato ISO 8601, in UTC.
I campi che finiscono in "_id" sono numeri di riferimento interni.

${SECTIONS.map(({ file, about }) => `- dati/${file}.json: ${about}.`).join('\n')}
- attestati/: i PDF dei tuoi attestati.
- file/: i file che hai mandato. Il nome comincia con l'impronta del file, che nei dati è il campo "digest".

CHE COSA NON C'È
La password, di cui la piattaforma conserva solo un'impronta, e i codici segreti dei collegamenti arrivati per e-mail. Chi ha
deciso su di te o ha segnalato un tuo messaggio: sono dati di altre persone (articolo 15, paragrafo 4). Gli accessi ai server,
che restano nei registri tecnici per pochi giorni.

Custodisci questo archivio con cura: chi lo apre legge tutto quello che ti riguarda.
`;
}
