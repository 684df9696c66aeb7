import { addMessages } from '../http/messages.ts';

addMessages({
  'bad-key': { it: 'Non è un identificativo valido.', en: 'This is not a valid identifier.' },
  'course-missing': { it: 'Scegli il corso.', en: 'Choose the course.' },
  'range-not-satisfiable': { it: 'La parte di file richiesta non esiste.', en: 'The file has no such part.' },
  'ends-before-start': { it: 'La fine viene prima dell’inizio.', en: 'The end comes before the start.' },
  'edition-in-the-past': { it: 'L’edizione sarebbe già finita: scegli una data futura.', en: 'The edition would be over already: choose a date to come.' },
  'enrolment-ends-before-start': { it: 'Le iscrizioni si chiuderebbero prima di aprirsi.', en: 'Enrolment would close before it opens.' },
  'enrolment-after-the-end': { it: 'Le iscrizioni non possono restare aperte dopo la fine dell’edizione.', en: 'Enrolment cannot stay open after the end of the edition.' },
  'place-required': { it: 'Per un’edizione in aula o mista indica dove si svolge.', en: 'For an edition in class or mixed, tell where it takes place.' },
  'more-seats-per-province-than-seats': { it: 'I posti per Provincia sono più dei posti dell’edizione.', en: 'There are more seats for each Province than seats in the edition.' },
  'seats-below-taken': { it: 'Ci sono già più persone iscritte di così.', en: 'More people than that are enrolled already.' },
  'unknown-course': { it: 'Questo corso non esiste o non è pubblicato.', en: 'This course does not exist or is not published.' },
  'not-a-trainer': { it: 'Questa persona non è docente del corso.', en: 'This person is not a trainer of the course.' },
  'edition-cancelled': { it: 'L’edizione è annullata: non si può più cambiare.', en: 'The edition is cancelled: it can no longer be changed.' },
  'edition-over': { it: 'L’edizione è conclusa: non si può più cambiare.', en: 'The edition is over: it can no longer be changed.' },
  'enrolment-already-over': { it: 'Il periodo delle iscrizioni è già passato: correggi le date prima di pubblicare.', en: 'The time for enrolling has passed: mend the dates before publishing.' },
});
