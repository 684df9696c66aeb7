import { addMessages } from '../http/messages.ts';

addMessages({
  'password-short': { it: 'La password deve avere almeno 12 caratteri.', en: 'The password must have at least 12 characters.' },
  'password-trivial': { it: 'Questa password è troppo facile da indovinare: evita nomi, parole comuni e sequenze. Tre o quattro parole senza legame tra loro vanno benissimo.', en: 'This password is too easy to guess: avoid names, common words and sequences. Three or four unrelated words are fine.' },
  'password-wrong': { it: 'La password attuale non è giusta.', en: 'The present password is not right.' },
  'wrong-credentials': { it: 'Indirizzo o password non corretti.', en: 'Wrong address or password.' },
  'address-not-confirmed': { it: 'Prima di accedere conferma il tuo indirizzo: apri il collegamento che ti abbiamo mandato per e-mail.', en: 'Confirm your address before you sign in: open the link that we sent you by e-mail.' },
  'account-suspended': { it: 'Questo profilo è sospeso. Per chiarimenti scrivi al referente del tuo ente.', en: 'This account is suspended. Write to the coordinator of your body.' },
  'link-expired': { it: 'Questo collegamento non è più valido: è scaduto, oppure è già stato usato.', en: 'This link is no longer valid: it has expired, or has been used already.' },
  'body-unknown': { it: 'Scegli l’ente dall’elenco.', en: 'Choose the body from the list.' },
  'affiliation-same': { it: 'Fai già parte di questo ente.', en: 'You belong to this body already.' },
  'affiliation-open': { it: 'Hai già una richiesta in attesa: ritirala, se vuoi farne un’altra.', en: 'You have a pending request: withdraw it if you want to make another.' },
  'affiliation-decided': { it: 'Nel frattempo la richiesta è stata decisa o ritirata.', en: 'The request has been decided or withdrawn in the meantime.' },
  'affiliation-own': { it: 'Sulla tua richiesta deve decidere qualcun altro.', en: 'Somebody else must decide on your own request.' },
  'reason-missing': { it: 'Scrivi il motivo: la persona lo leggerà.', en: 'Write the reason: the person will read it.' },
  'role-scope': { it: 'Questo ruolo non si può avere qui.', en: 'This role cannot be held here.' },
  'role-place': { it: 'Scegli dove vale il ruolo.', en: 'Choose where the role is held.' },
  'role-not-active': { it: 'Questa persona non può accedere: prima confermi l’indirizzo, o sia riammessa.', en: 'This person cannot sign in: she must first confirm her address, or be readmitted.' },
  'role-without-body': { it: 'Un referente deve appartenere a un ente.', en: 'A coordinator must belong to a body.' },
  'role-last-administrator': { it: 'È l’ultimo amministratore: prima nominane un altro.', en: 'This is the last administrator: appoint another first.' },
  'suspension-own': { it: 'Non puoi sospendere il tuo profilo.', en: 'You cannot suspend your own account.' },
  'suspension-same': { it: 'Il profilo è già in questo stato.', en: 'The account is already in this state.' },
});
