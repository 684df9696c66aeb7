/** What the made-up presenter shows in the past webinar, a quarter of a minute each. */
export const SLIDES: { title: string; lines: string[] }[] = [
  { title: 'Dati aperti del territorio', lines: ['Da dove cominciare', 'Quali dati ha già una Provincia', 'Come si pubblicano, e con quale licenza'] },
  { title: 'Quali dati ci sono già', lines: ['Strade e ponti di competenza', 'Edifici scolastici', 'Piani territoriali'] },
  { title: 'Che cosa serve per pubblicarli', lines: ['Una scheda che li descrive', 'Un responsabile per ogni insieme', 'Una data di aggiornamento'] },
  { title: 'La licenza', lines: ['CC BY 4.0: chi riusa cita la fonte', 'Niente dati personali', 'Attenzione ai diritti di terzi'] },
  { title: 'I prossimi passi', lines: ['Scegliere due insiemi di dati', 'Pubblicarli entro tre mesi', 'Raccontarlo nella rete SIT'] },
];
export const SLIDE_SECONDS = 15;
