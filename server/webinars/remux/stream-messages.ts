import { addMessages } from '../../http/messages.ts';

addMessages({
  'too-many-streams': { it: 'Stai già ascoltando questa sala in troppe finestre: chiudine una.', en: 'You are listening to this room in too many windows: close one.' },
  'stream-not-following': { it: 'Per ascoltare devi essere nella sala: entra di nuovo.', en: 'To listen you must be in the room: enter again.' },
});
