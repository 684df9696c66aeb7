import { addMessages } from '../../http/messages.ts';

addMessages({
  'practice-files-most': { it: 'Una scheda può avere al massimo {most} documenti.', en: 'A sheet can have {most} documents at most.' },
  'practice-author-here': { it: 'Chi ha scritto la scheda fa ancora parte della rete.', en: 'The author of the sheet is still in the network.' },
  'practice-no-body': { it: 'Una buona pratica si racconta, e si adotta, a nome di un ente: prima il tuo ente deve confermare che ne fai parte.', en: 'A best practice is told, and adopted, for a body: yours must first confirm that you belong to it.' },
  'practice-changed': { it: 'Nel frattempo la scheda è stata modificata, forse da te in un’altra finestra. Quello che hai scritto qui non è perso: rileggi la versione salvata e decidi quale tenere.', en: 'The sheet has been changed in the meantime, perhaps by you in another window. What you wrote here is not lost: read the saved version and decide which one to keep.' },
  'practice-in-review': { it: 'La scheda è in revisione: per modificarla, prima riprendila.', en: 'The sheet is in review: take it back before you change it.' },
  'practice-not-in-review': { it: 'La scheda non è più in revisione: ricarica la pagina per vedere che cosa è cambiato.', en: 'The sheet is no longer in review: reload the page to see what changed.' },
  'practice-nothing-open': { it: 'Non c’è nessuna modifica in corso su questa scheda.', en: 'There is no open change of this sheet.' },
  'practice-superseded': { it: 'La scheda è stata superata da un’altra.', en: 'Another sheet has taken the place of this one.' },
  'practice-successor': { it: 'Scegli un’altra scheda pubblicata della stessa rete, che non sia a sua volta superata.', en: 'Choose another published sheet of the same network that has not been superseded itself.' },
  'practice-not-published': { it: 'La scheda non è ancora pubblicata.', en: 'The sheet is not published yet.' },
  'practice-own-review': { it: 'La tua scheda la rivede un’altra persona.', en: 'Somebody else must review your own sheet.' },
  'practice-own-body': { it: 'È la buona pratica del tuo ente: l’adozione la segnalano gli altri.', en: 'It is your own body’s practice: adoption is for the others to say.' },
  'practice-mail': { it: 'Togli l’indirizzo e-mail: la scheda si legge da tutti, basta il nome dell’ufficio.', en: 'Take the e-mail address out: everybody reads the sheet, the name of the office is enough.' },
  'practice-missing-tags': { it: 'Indica almeno un tema.', en: 'Give at least one theme.' },
  'practice-missing-problem': { it: 'Descrivi il problema di partenza.', en: 'Describe the problem you started from.' },
  'practice-missing-solution': { it: 'Descrivi la soluzione.', en: 'Describe the solution.' },
  'practice-missing-staff': { it: 'Indica le persone che servono.', en: 'Say which staff it takes.' },
  'practice-missing-time': { it: 'Indica quanto tempo serve per realizzarla.', en: 'Say how long it takes to carry out.' },
  'practice-missing-results': { it: 'Indica almeno un risultato in cifre.', en: 'Give at least one result in figures.' },
  'practice-missing-contact': { it: 'Indica a quale ufficio rivolgersi.', en: 'Say which office to turn to.' },
});
