import { addMessages } from '../http/messages.ts';

addMessages({
  'bad-day': { it: 'La data non è valida.', en: 'This is not a valid date.' },
  'range-not-satisfiable': { it: 'La parte di file richiesta non esiste.', en: 'The file has no such part.' },
});
