import { addMessages } from '../http/messages.ts';

addMessages({
  'search-days-order': { it: 'Il giorno «al» viene prima del giorno «dal».', en: 'The day “to” comes before the day “from”.' },
});
