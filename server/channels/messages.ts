import { addMessages } from '../http/messages.ts';

addMessages({
  'channel-not-in': { it: 'Questa chat è per chi fa parte della rete.', en: 'This chat is for those who are in the network.' },
  'channel-over': { it: 'Qui non si scrive più: la rete è archiviata o l’edizione è stata annullata.', en: 'Nobody writes here any more: the network is archived or the edition was cancelled.' },
});
