import { addMessages } from '../../http/messages.ts';

addMessages({
  'direct-no-body': { it: 'Per scrivere ad altre persone, il tuo ente deve confermare che ne fai parte: guarda lo stato della richiesta nel profilo.', en: 'To write to other people, your body must confirm that you belong to it: see the state of the request in your profile.' },
  'direct-not-possible': { it: 'Non è possibile scrivere a questa persona.', en: 'It is not possible to write to this person.' },
  'direct-blocked': { it: 'Hai bloccato questa persona: per scriverle, prima sbloccala.', en: 'You blocked this person: unblock her to write to her.' },
  'report-own': { it: 'Questo messaggio è tuo.', en: 'This message is yours.' },
  'report-given': { it: 'Hai già segnalato questo messaggio.', en: 'You have already reported this message.' },
  'message-hide': { it: 'Un messaggio diretto non si nasconde: si richiama o si sospende chi l’ha scritto.', en: 'A direct message is not hidden: warn its author, or suspend her.' },
});
