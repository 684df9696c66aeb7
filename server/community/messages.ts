import { addMessages } from '../http/messages.ts';

addMessages({
  'network-no-body': { it: 'Prima di entrare in una rete, il tuo ente deve confermare che ne fai parte: guarda lo stato della richiesta nel profilo.', en: 'Before you join a network, your body must confirm that you belong to it: see the state of the request in your profile.' },
  'network-closed': { it: 'In questa rete si entra solo su invito di chi la modera.', en: 'One joins this network only by invitation of its moderators.' },
  'network-removed': { it: 'Chi modera la rete ti ha tolto: per rientrare, scrivi a chi la modera.', en: 'The moderators removed you from this network: write to them to come back.' },
  'network-key-taken': { it: 'C’è già una rete con questo indirizzo.', en: 'There is already a network with this address.' },
  'network-not-member': { it: 'Per scrivere in questa rete bisogna farne parte.', en: 'To write in this network you must be one of its members.' },
  'membership-decided': { it: 'Su questa richiesta è già stato deciso.', en: 'This request has already been decided.' },
  'membership-ended': { it: 'Questa persona non fa più parte della rete.', en: 'This person is no longer in the network.' },
  'thread-closed': { it: 'La discussione è chiusa: non si può più rispondere.', en: 'The thread is closed: nobody can reply any more.' },
  'post-empty': { it: 'Scrivi qualcosa: il messaggio è vuoto.', en: 'Write something: the message is empty.' },
  'too-many-mentions': { it: 'In un messaggio puoi nominare al massimo 10 persone.', en: 'A message can name 10 people at most.' },
  'post-removed': { it: 'Il messaggio è stato rimosso.', en: 'The message has been removed.' },
  'post-question': { it: 'La domanda si rimuove con tutta la discussione.', en: 'The question is removed with its whole thread.' },
});
