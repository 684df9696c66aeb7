import { addMessages } from '../http/messages.ts';

addMessages({
  'export-running': { it: 'Stiamo già preparando la copia dei tuoi dati: ti avvisiamo appena è pronta.', en: 'The copy of your data is already being made: we will tell you as soon as it is ready.' },
  'export-expired': { it: 'Questa copia non c’è più: dopo 7 giorni viene cancellata. Puoi chiederne un’altra dal profilo.', en: 'This copy is gone: it is deleted after 7 days. You can ask for another one in your profile.' },
});
