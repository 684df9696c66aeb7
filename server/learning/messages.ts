import { addMessages } from '../http/messages.ts';

addMessages({
  'no-body': { it: 'Prima di iscriverti, il tuo ente deve confermare che ne fai parte: guarda lo stato della richiesta nel profilo.', en: 'Before you enrol, your body must confirm that you belong to it: see the state of the request in your profile.' },
  'enrolment-closed': { it: 'Le iscrizioni a questa edizione non sono aperte.', en: 'This edition is not open to enrolment.' },
  'enrolment-completed': { it: 'Hai già completato questa edizione.', en: 'You have already completed this edition.' },
  'enrolled-elsewhere': { it: 'C’è già un’iscrizione aperta a questo corso, nell’edizione {code}: per cambiare edizione, prima ritirala.', en: 'There is already an open enrolment in this course, in edition {code}: withdraw it before choosing another edition.' },
  'enrolment-decided': { it: 'Su questa richiesta è già stato deciso.', en: 'This request has already been decided.' },
  'enrolment-own': { it: 'Sulla tua richiesta deve decidere un altro referente, oppure UPI.', en: 'Another coordinator, or UPI, must decide on your own request.' },
  'edition-over': { it: 'L’edizione è finita o è stata annullata: la richiesta si può solo rifiutare.', en: 'The edition is over or was cancelled: the request can only be refused.' },
  'enrolment-ended': { it: 'Questa iscrizione è già chiusa.', en: 'This enrolment has already ended.' },
  'edition-not-running': { it: 'L’edizione non è in corso, oppure non hai ancora un posto: si può leggere, ma il progresso non cambia.', en: 'The edition is not running, or you have no seat yet: you can read, but progress does not change.' },
  'lesson-not-open': { it: 'Le lezioni si aprono quando hai un posto e l’edizione è cominciata.', en: 'Lessons open when you have a seat and the edition has begun.' },
  'quiz-already-passed': { it: 'Hai già superato questa prova.', en: 'You have already passed this test.' },
  'no-attempts-left': { it: 'Hai usato tutti i tentativi di questa prova.', en: 'You have used all the attempts of this test.' },
  'attempt-too-soon': { it: 'Fra un tentativo e il successivo c’è una pausa: potrai riprovare fra {minutes} minuti.', en: 'There is a pause between attempts: you can try again in {minutes} minutes.' },
  'attempt-closed': { it: 'Il tentativo è chiuso: le risposte non si possono più cambiare.', en: 'The attempt is closed: answers can no longer be changed.' },
  'attempt-open': { it: 'Il tentativo è ancora aperto: il risultato si vede dopo la consegna.', en: 'The attempt is still open: its result is shown once it is handed in.' },
  'unknown-option': { it: 'Questa risposta non è tra quelle proposte.', en: 'This answer is not among those offered.' },
  'colleague-not-yours': { it: 'Questa persona non è del tuo ente.', en: 'This person does not belong to your body.' },
});
