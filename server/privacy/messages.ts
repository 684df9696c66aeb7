import { addMessages } from '../http/messages.ts';

addMessages({
  'export-running': { it: 'Stiamo già preparando la copia dei tuoi dati: ti avvisiamo appena è pronta.', en: 'The copy of your data is already being made: we will tell you as soon as it is ready.' },
  'export-expired': { it: 'Questa copia non c’è più: dopo 7 giorni viene cancellata. Puoi chiederne un’altra dal profilo.', en: 'This copy is gone: it is deleted after 7 days. You can ask for another one in your profile.' },
  'closure-own': { it: 'Il tuo account si chiude dal tuo profilo.', en: 'You close your own account in your profile.' },
  'closure-same': { it: 'Questo account è già chiuso.', en: 'This account is closed already.' },
});
