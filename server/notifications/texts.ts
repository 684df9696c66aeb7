import type { Language } from '../http/actor.ts';

/** What a notice or a mail says, by kind: a kind without both languages does not compile. `{name}` stands for a parameter. */
export interface Text {
  title: string;
  text: string;
  /** The label of the button in the mail. */
  action: string;
}

const texts = {
  'confirm-address': {
    it: { title: 'Conferma il tuo indirizzo', text: 'Ciao {givenName}, ti diamo il benvenuto in Pi.Co. Conferma che questo indirizzo è il tuo: il collegamento vale 48 ore. Se non hai chiesto tu la registrazione, ignora questo messaggio.', action: 'Conferma l’indirizzo' },
    en: { title: 'Confirm your address', text: 'Hello {givenName}, welcome to Pi.Co. Confirm that this address is yours: the link is valid for 48 hours. If you did not ask to register, ignore this message.', action: 'Confirm the address' },
  },
  'address-known': {
    it: { title: 'Hai già un profilo in Pi.Co.', text: 'Ciao {givenName}, qualcuno ha chiesto di registrarsi con questo indirizzo, che ha già un profilo. Se eri tu, puoi accedere; se non ricordi la password, chiedine una nuova.', action: 'Accedi' },
    en: { title: 'You already have an account', text: 'Hello {givenName}, somebody asked to register with this address, which already has an account. If it was you, just sign in; if you forgot the password, ask for a new one.', action: 'Sign in' },
  },
  'reset-password': {
    it: { title: 'Scegli una nuova password', text: 'Ciao {givenName}, hai chiesto una nuova password. Il collegamento vale due ore. Se non l’hai chiesta tu, ignora questo messaggio: la tua password resta quella di prima.', action: 'Scegli la password' },
    en: { title: 'Choose a new password', text: 'Hello {givenName}, you asked for a new password. The link is valid for two hours. If it was not you, ignore this message: your password stays as it is.', action: 'Choose the password' },
  },
  'registration-open': {
    it: { title: 'Completa la registrazione', text: 'Ciao {givenName}, hai chiesto di registrarti con un indirizzo che aspettava ancora conferma. Scegli la password con questo collegamento, che vale due ore: l’indirizzo risulterà confermato. Se non lo hai chiesto tu, ignora questo messaggio.', action: 'Scegli la password' },
    en: { title: 'Complete your registration', text: 'Hello {givenName}, you asked to register with an address that still awaited confirmation. Choose your password with this link, valid for two hours: the address will then be confirmed. If it was not you, ignore this message.', action: 'Choose the password' },
  },
  'role-coordinator': {
    it: { title: 'Hai il ruolo di referente: {body}', text: 'UPI ti ha dato il ruolo di referente dell’ente «{body}»: approvi chi chiede di farne parte e chi chiede di iscriversi ai corsi, e segui posti, ore e attestati del tuo ente.', action: 'Apri la pagina dell’ente' },
    en: { title: 'You are the coordinator of {body}', text: 'UPI made you coordinator of {body}: you approve who asks to belong to it and who asks to enrol, and follow its seats, hours and certificates.', action: 'Open the page of the body' },
  },
  'role-admin': {
    it: { title: 'Amministri la piattaforma', text: 'Ti è stato dato il ruolo di amministratore di Pi.Co.', action: 'Apri l’amministrazione' },
    en: { title: 'You administer the platform', text: 'You have been given the role of administrator of Pi.Co.', action: 'Open the administration' },
  },
  'role-moderator': {
    it: { title: 'Moderi la rete {network}', text: 'UPI ti ha affidato la rete «{network}»: decidi chi entra, inviti persone, tieni in ordine le discussioni.', action: 'Apri la rete' },
    en: { title: 'You moderate the network {network}', text: 'UPI entrusted the network “{network}” to you: you decide who joins, invite people, keep its threads in order.', action: 'Open the network' },
  },
  'role-other': {
    it: { title: 'Hai un nuovo ruolo in Pi.Co.', text: 'UPI ti ha dato un nuovo ruolo: lo trovi nel tuo profilo.', action: 'Vai al profilo' },
    en: { title: 'You have a new role on Pi.Co.', text: 'UPI gave you a new role: you find it in your profile.', action: 'Go to the profile' },
  },
  'document-infected': {
    it: { title: 'L’antivirus ha fermato un file', text: 'Nel file «{file}» l’antivirus ha trovato qualcosa ({infection}): nessuno può scaricarlo. Controlla il tuo computer e carica una nuova versione del documento.', action: 'Apri il documento' },
    en: { title: 'The antivirus stopped a file', text: 'The antivirus found something in the file “{file}” ({infection}): nobody can download it. Check your computer and upload a new version of the document.', action: 'Open the document' },
  },
  'affiliation-requested': {
    it: { title: 'Una richiesta di adesione: {body}', text: '{person} chiede di far parte dell’ente «{body}». Approva o rifiuta la richiesta.', action: 'Vedi le richieste' },
    en: { title: 'Somebody asks to belong to {body}', text: '{person} asks to be recognised as an employee of {body}. Approve or refuse the request.', action: 'See the requests' },
  },
  'affiliation-approved': {
    it: { title: 'Richiesta approvata: {body}', text: 'La tua appartenenza è confermata ({body}): ora puoi iscriverti ai corsi.', action: 'Scegli un corso' },
    en: { title: 'Request approved: {body}', text: 'It is confirmed that you belong to {body}: you can enrol in courses.', action: 'Choose a course' },
  },
  'affiliation-refused': {
    it: { title: 'Richiesta non approvata: {body}', text: 'La richiesta di far parte dell’ente «{body}» non è stata approvata. Motivo: {reason}', action: 'Vai al profilo' },
    en: { title: '{body} did not confirm that you belong to it', text: 'Your request to belong to {body} was refused. Reason: {reason}', action: 'Go to the profile' },
  },
  'enrolment-requested': {
    it: { title: 'Una richiesta di iscrizione da approvare', text: '{person} chiede di iscriversi a «{course}» (edizione {edition}).', action: 'Vedi le richieste' },
    en: { title: 'An enrolment request to approve', text: '{person} asks to enrol in “{course}” (edition {edition}).', action: 'See the requests' },
  },
  'enrolment-active': {
    it: { title: 'Iscrizione confermata: {course}', text: 'Hai un posto nell’edizione {edition} di «{course}». Puoi cominciare quando l’edizione è aperta.', action: 'Vai al corso' },
    en: { title: 'Enrolled: {course}', text: 'You have a seat in edition {edition} of “{course}”. You can begin when the edition is open.', action: 'Go to the course' },
  },
  'enrolment-waiting': {
    it: { title: 'Sei in lista d’attesa: {course}', text: 'I posti dell’edizione {edition} sono esauriti. Appena se ne libera uno, l’iscrizione diventa valida da sola e ti avvisiamo.', action: 'Vedi la tua iscrizione' },
    en: { title: 'You are on the waiting list: {course}', text: 'The seats of edition {edition} are taken. As soon as one is free you get it by itself, and we tell you.', action: 'See your enrolment' },
  },
  'enrolment-promoted': {
    it: { title: 'Si è liberato un posto: {course}', text: 'Il posto nell’edizione {edition} di «{course}» è tuo: non devi fare nulla.', action: 'Vai al corso' },
    en: { title: 'A seat is free: {course}', text: 'The seat in edition {edition} of “{course}” is yours: you need do nothing.', action: 'Go to the course' },
  },
  'enrolment-refused': {
    it: { title: 'Iscrizione non approvata: {course}', text: 'Il tuo ente non ha approvato l’iscrizione all’edizione {edition}. Motivo: {reason}', action: 'Vedi il corso' },
    en: { title: 'Enrolment not approved: {course}', text: 'Your body did not approve the enrolment in edition {edition}. Reason: {reason}', action: 'See the course' },
  },
  'enrolment-lapsed': {
    it: { title: 'Edizione finita: {course}', text: 'L’edizione {edition} di «{course}» è finita senza che si liberasse un posto o arrivasse una risposta: la tua richiesta è chiusa. Quando si apre un’altra edizione puoi iscriverti di nuovo.', action: 'Vedi il corso' },
    en: { title: 'Edition over: {course}', text: 'Edition {edition} of “{course}” ended without a free seat or an answer: your request is closed. When another edition opens you can enrol again.', action: 'See the course' },
  },
  'enrolment-cancelled': {
    it: { title: 'Edizione annullata: {course}', text: 'L’edizione {edition} di «{course}» è stata annullata e la tua iscrizione è chiusa: se il corso ha altre edizioni aperte, puoi sceglierne una. Motivo dell’annullamento: {reason}', action: 'Vedi il corso' },
    en: { title: 'Edition cancelled: {course}', text: 'Edition {edition} of “{course}” was cancelled and your enrolment has ended: if other editions of the course are open, you can choose one of them. Reason: {reason}', action: 'See the course' },
  },
  'certificate-issued': {
    it: { title: 'Il tuo attestato è pronto: {course}', text: 'Complimenti, hai completato «{course}». L’attestato numero {code} è nel tuo libretto, e chiunque può verificarlo.', action: 'Apri il libretto' },
    en: { title: 'Your certificate is ready: {course}', text: 'Well done, you completed “{course}”. Certificate number {code} is in your transcript, and anyone can check it.', action: 'Open the transcript' },
  },
  'certificate-revoked': {
    it: { title: 'Un tuo attestato è stato revocato', text: 'UPI ha revocato l’attestato numero {code} («{course}»). Motivo: {reason}', action: 'Apri il libretto' },
    en: { title: 'One of your certificates was revoked', text: 'UPI revoked certificate number {code} (“{course}”). Reason: {reason}', action: 'Open the transcript' },
  },
  'membership-requested': {
    it: { title: 'Una richiesta di entrare: {network}', text: '{person} chiede di entrare nella rete «{network}». Accetta o rifiuta la richiesta.', action: 'Vedi le richieste' },
    en: { title: 'Somebody asks to join {network}', text: '{person} asks to join the network “{network}”. Accept or refuse the request.', action: 'See the requests' },
  },
  'membership-approved': {
    it: { title: 'Fai parte della rete {network}', text: 'Ora puoi leggere e scrivere nella rete «{network}».', action: 'Apri la rete' },
    en: { title: 'You are in the network {network}', text: 'You can now read and write in the network “{network}”.', action: 'Open the network' },
  },
  'membership-refused': {
    it: { title: 'Richiesta non accolta: {network}', text: 'La richiesta di entrare nella rete «{network}» non è stata accolta. Motivo: {reason}', action: 'Vedi le reti' },
    en: { title: 'Request refused: {network}', text: 'Your request to join the network “{network}” was refused. Reason: {reason}', action: 'See the networks' },
  },
  'membership-removed': {
    it: { title: 'Non fai più parte della rete {network}', text: 'Chi modera la rete «{network}» ti ha tolto. Motivo: {reason}', action: 'Vedi le reti' },
    en: { title: 'You are no longer in the network {network}', text: 'The moderators of “{network}” removed you. Reason: {reason}', action: 'See the networks' },
  },
  'thread-reply': {
    it: { title: 'Nuova risposta: {thread}', text: '{person} ha risposto nella discussione «{thread}».', action: 'Leggi la risposta' },
    en: { title: 'New reply: {thread}', text: '{person} replied in “{thread}”.', action: 'Read the reply' },
  },
  'thread-new': {
    it: { title: 'Nuova discussione: {thread}', text: '{person} ha aperto la discussione «{thread}» nella rete «{network}».', action: 'Leggi la discussione' },
    en: { title: 'New thread: {thread}', text: '{person} opened the thread “{thread}” in the network “{network}”.', action: 'Read the thread' },
  },
  'mention': {
    it: { title: '{person} ti ha nominato: {thread}', text: '{person} ti ha nominato nella discussione «{thread}» della rete «{network}».', action: 'Leggi il messaggio' },
    en: { title: '{person} named you: {thread}', text: '{person} named you in the thread “{thread}” of the network “{network}”.', action: 'Read the message' },
  },
  'digest-daily': {
    it: { title: 'Il riepilogo di oggi', text: 'Ciao {givenName}, ecco che cosa ti aspetta nelle tue reti.', action: 'Apri le tue reti' },
    en: { title: 'Today’s digest', text: 'Hello {givenName}, this is what awaits you in your networks.', action: 'Open your networks' },
  },
  'digest-weekly': {
    it: { title: 'Il riepilogo della settimana', text: 'Ciao {givenName}, ecco che cosa ti aspetta nelle tue reti.', action: 'Apri le tue reti' },
    en: { title: 'The week’s digest', text: 'Hello {givenName}, this is what awaits you in your networks.', action: 'Open your networks' },
  },
  'mail-refused': {
    it: { title: 'La tua risposta per e-mail non è stata pubblicata', text: 'Abbiamo ricevuto la tua risposta, ma non l’abbiamo pubblicata. {reason}', action: 'Apri i tuoi avvisi' },
    en: { title: 'Your reply by e-mail was not published', text: 'We received your reply but did not publish it. {reason}', action: 'Open your notices' },
  },
  'mail-attachments': {
    it: { title: 'La tua risposta è pubblicata, senza alcuni allegati', text: 'Abbiamo pubblicato la tua risposta per e-mail. Questi file non si sono potuti prendere: {names}.', action: 'Vedi la tua risposta' },
    en: { title: 'Your reply is published, without some attachments', text: 'We published your reply by e-mail. These files could not be taken: {names}.', action: 'See your reply' },
  },
  'answer-accepted': {
    it: { title: 'La tua risposta ha risolto: {thread}', text: 'La tua risposta nella discussione «{thread}» è stata accolta come soluzione. Grazie.', action: 'Vedi la discussione' },
    en: { title: 'Your answer solved it: {thread}', text: 'Your answer in “{thread}” was accepted as the solution. Thank you.', action: 'See the thread' },
  },
  'thread-solved': {
    it: { title: 'C’è una soluzione: {thread}', text: 'Alla domanda «{thread}», che è anche del tuo ente, c’è una risposta accolta come soluzione.', action: 'Leggi la soluzione' },
    en: { title: 'There is a solution: {thread}', text: 'The question “{thread}”, which your body has too, has an accepted answer.', action: 'Read the solution' },
  },
  'practice-submitted': {
    it: { title: 'Una buona pratica da rivedere: {practice}', text: '{person} ({body}) ha mandato in revisione la scheda «{practice}» nella rete «{network}». Leggila, poi pubblicala o restituiscila con un commento.', action: 'Apri la scheda' },
    en: { title: 'A best practice to review: {practice}', text: '{person} ({body}) handed in the sheet “{practice}” in the network “{network}”. Read it, then publish it or give it back with a comment.', action: 'Open the sheet' },
  },
  'practice-returned': {
    it: { title: 'Scheda da sistemare: {practice}', text: 'Chi modera la rete «{network}» ti ha restituito la scheda «{practice}» con un commento: sistemala e mandala di nuovo in revisione.', action: 'Leggi il commento' },
    en: { title: 'Sheet to mend: {practice}', text: 'The moderators of “{network}” gave you back the sheet “{practice}” with a comment: mend it and hand it in again.', action: 'Read the comment' },
  },
  'practice-published': {
    it: { title: 'La tua buona pratica è pubblicata: {practice}', text: 'La scheda «{practice}» è pubblicata nella rete «{network}»: ora gli altri enti possono leggerla e adottarla. Grazie.', action: 'Vedi la scheda' },
    en: { title: 'Your best practice is published: {practice}', text: 'The sheet “{practice}” is published in the network “{network}”: other bodies can now read and adopt it. Thank you.', action: 'See the sheet' },
  },
  'practice-commented': {
    it: { title: 'Un commento sulla scheda: {practice}', text: '{person} ha scritto un commento sulla scheda «{practice}». Lo leggono solo l’autore e chi la rivede.', action: 'Leggi il commento' },
    en: { title: 'A comment on the sheet: {practice}', text: '{person} wrote a comment on the sheet “{practice}”. Only its author and its reviewers read it.', action: 'Read the comment' },
  },
  'moderation-flagged': {
    it: { title: 'Una segnalazione da esaminare: {network}', text: 'Nella rete «{network}» un messaggio è stato segnalato. Leggilo e decidi che cosa fare.', action: 'Apri la moderazione' },
    en: { title: 'A flag to look at: {network}', text: 'A message in “{network}” has been flagged. Read it and decide.', action: 'Open the moderation' },
  },
  'moderation-held': {
    it: { title: 'Un messaggio da approvare: {network}', text: 'Nella rete «{network}» il messaggio di una persona nuova aspetta la tua approvazione.', action: 'Apri la moderazione' },
    en: { title: 'A message to approve: {network}', text: 'In “{network}” the message of somebody new waits for your approval.', action: 'Open the moderation' },
  },
  'moderation-appeal': {
    it: { title: 'Una richiesta di revisione: {network}', text: 'Una persona chiede di rivedere un provvedimento ({network}). Decide chi non lo ha preso.', action: 'Apri la moderazione' },
    en: { title: 'An appeal: {network}', text: 'Somebody appeals against a measure ({network}). Whoever did not take it decides.', action: 'Open the moderation' },
  },
  'flag-upheld': {
    it: { title: 'La tua segnalazione è stata accolta', text: 'Chi modera la rete «{network}» ha esaminato il messaggio che hai segnalato nella discussione «{thread}» ed è intervenuto. Grazie.', action: 'Vedi la discussione' },
    en: { title: 'Your flag was upheld', text: 'The moderators of “{network}” looked at the message that you flagged in “{thread}” and acted on it. Thank you.', action: 'See the thread' },
  },
  'flag-dismissed': {
    it: { title: 'La tua segnalazione è stata esaminata', text: 'Chi modera la rete «{network}» ha esaminato il messaggio che hai segnalato nella discussione «{thread}»: può restare com’è. Grazie comunque.', action: 'Vedi la discussione' },
    en: { title: 'Your flag was looked at', text: 'The moderators of “{network}” looked at the message that you flagged in “{thread}”: it may stay as it is. Thank you all the same.', action: 'See the thread' },
  },
  'post-hidden': {
    it: { title: 'Un tuo messaggio è stato nascosto', text: 'Chi modera la rete «{network}» ha nascosto un tuo messaggio nella discussione «{thread}». Motivo: {reason} Se non ti convince, puoi chiedere una revisione.', action: 'Vedi il provvedimento' },
    en: { title: 'One of your messages was hidden', text: 'The moderators of “{network}” hid one of your messages in “{thread}”. Reason: {reason} If you disagree, you can appeal.', action: 'See the measure' },
  },
  'author-warned': {
    it: { title: 'Un richiamo da chi modera: {network}', text: 'Chi modera la rete «{network}» ti scrive a proposito della discussione «{thread}»: {reason} Se non ti convince, puoi chiedere una revisione.', action: 'Vedi il richiamo' },
    en: { title: 'A warning from the moderators: {network}', text: 'The moderators of “{network}” write to you about “{thread}”: {reason} If you disagree, you can appeal.', action: 'See the warning' },
  },
  'author-suspended': {
    it: { title: 'Non puoi scrivere nella rete {network} fino al {dayIt}', text: 'Chi modera la rete «{network}» ti ha sospeso dalla scrittura fino al {dayIt} compreso. Motivo: {reason} Puoi leggere, e puoi chiedere una revisione.', action: 'Vedi il provvedimento' },
    en: { title: 'You may not write in {network} until {dayEn}', text: 'The moderators of “{network}” suspended you from writing until the end of {dayEn}. Reason: {reason} You may read, and you can appeal.', action: 'See the measure' },
  },
  'author-suspended-everywhere': {
    it: { title: 'Non puoi scrivere nelle reti fino al {dayIt}', text: 'UPI ti ha sospeso dalla scrittura in tutte le reti fino al {dayIt} compreso. Motivo: {reason} Puoi leggere, e puoi chiedere una revisione.', action: 'Vedi il provvedimento' },
    en: { title: 'You may not write in any network until {dayEn}', text: 'UPI suspended you from writing in all networks until the end of {dayEn}. Reason: {reason} You may read, and you can appeal.', action: 'See the measure' },
  },
  'measure-lifted': {
    it: { title: 'Un provvedimento è stato revocato', text: 'Un provvedimento che ti riguardava ({network}) è stato revocato. Motivo: {reason}', action: 'Vedi i provvedimenti' },
    en: { title: 'A measure was lifted', text: 'A measure that concerned you ({network}) was lifted. Reason: {reason}', action: 'See the measures' },
  },
  'held-approved': {
    it: { title: 'Il tuo messaggio è pubblicato: {network}', text: 'Chi modera la rete «{network}» ha approvato il tuo messaggio: ora lo leggono tutti.', action: 'Vedi la discussione' },
    en: { title: 'Your message is published: {network}', text: 'The moderators of “{network}” approved your message: everybody reads it now.', action: 'See the thread' },
  },
  'held-refused': {
    it: { title: 'Il tuo messaggio non è stato pubblicato: {network}', text: 'Chi modera la rete «{network}» non ha approvato il tuo messaggio. Motivo: {reason}', action: 'Apri la rete' },
    en: { title: 'Your message was not published: {network}', text: 'The moderators of “{network}” did not approve your message. Reason: {reason}', action: 'Open the network' },
  },
  'appeal-granted': {
    it: { title: 'La tua richiesta di revisione è stata accolta', text: 'Il provvedimento ({network}) è stato revocato. Motivo: {reason}', action: 'Vedi i provvedimenti' },
    en: { title: 'Your appeal was granted', text: 'The measure ({network}) was lifted. Reason: {reason}', action: 'See the measures' },
  },
  'appeal-rejected': {
    it: { title: 'La tua richiesta di revisione non è stata accolta', text: 'Il provvedimento ({network}) resta valido. Motivo: {reason}', action: 'Vedi i provvedimenti' },
    en: { title: 'Your appeal was rejected', text: 'The measure ({network}) stands. Reason: {reason}', action: 'See the measures' },
  },
  'webinar-registered': {
    it: { title: 'Hai un posto: {webinar}', text: 'La tua iscrizione al webinar «{webinar}» di {whenIt} è confermata. La sala apre 15 minuti prima. In allegato trovi l’appuntamento per il tuo calendario.', action: 'Apri la scheda' },
    en: { title: 'You have a seat: {webinar}', text: 'You registered for the webinar “{webinar}” on {whenEn} (Rome time). The room opens 15 minutes before. The appointment for your calendar is attached.', action: 'Open its page' },
  },
  'webinar-invited': {
    it: { title: 'Un incontro del tuo corso: {webinar}', text: 'Il tuo corso ha un incontro in diretta: «{webinar}», {whenIt}. Hai già il tuo posto. In allegato trovi l’appuntamento per il tuo calendario.', action: 'Apri la scheda' },
    en: { title: 'A meeting of your course: {webinar}', text: 'Your course has a live meeting: “{webinar}”, {whenEn} (Rome time). You have your seat already. The appointment for your calendar is attached.', action: 'Open its page' },
  },
  'webinar-waiting': {
    it: { title: 'Sei in lista d’attesa: {webinar}', text: 'I posti per il webinar «{webinar}» di {whenIt}, in tutto o per la tua Provincia, sono finiti: se se ne libera uno, te lo diciamo subito.', action: 'Apri la scheda' },
    en: { title: 'You are on the waiting list: {webinar}', text: 'The webinar “{webinar}” on {whenEn} (Rome time) is full, as a whole or for your Province: if a seat becomes free, we tell you at once.', action: 'Open its page' },
  },
  'webinar-promoted': {
    it: { title: 'Si è liberato un posto: {webinar}', text: 'Ora hai un posto al webinar «{webinar}» di {whenIt}. In allegato trovi l’appuntamento per il tuo calendario. Se non puoi più venire, rinuncia: il posto va a chi aspetta.', action: 'Apri la scheda' },
    en: { title: 'A seat became free: {webinar}', text: 'You now have a seat in the webinar “{webinar}” on {whenEn} (Rome time). The appointment for your calendar is attached. If you can no longer come, give it up: somebody else waits.', action: 'Open its page' },
  },
  'webinar-withdrawn': {
    it: { title: 'Non hai più un posto: {webinar}', text: 'Non risulti più fra gli iscritti al webinar «{webinar}» di {whenIt}.', action: 'Apri la scheda' },
    en: { title: 'You no longer have a seat: {webinar}', text: 'You are no longer registered for the webinar “{webinar}” on {whenEn} (Rome time).', action: 'Open its page' },
  },
  'webinar-staff': {
    it: { title: 'Hai un ruolo nel webinar: {webinar}', text: 'Partecipi alla conduzione del webinar «{webinar}» di {whenIt}. In allegato trovi l’appuntamento per il tuo calendario.', action: 'Apri la scheda' },
    en: { title: 'You have a part in the webinar: {webinar}', text: 'You help to run the webinar “{webinar}” on {whenEn} (Rome time). The appointment for your calendar is attached.', action: 'Open its page' },
  },
  'webinar-changed': {
    it: { title: 'È cambiato il webinar: {webinar}', text: 'Il webinar ora si chiama «{webinar}» e comincia {whenIt}. L’allegato aggiorna il tuo calendario.', action: 'Apri la scheda' },
    en: { title: 'The webinar changed: {webinar}', text: 'The webinar is now called “{webinar}” and begins on {whenEn} (Rome time). The attachment updates your calendar.', action: 'Open its page' },
  },
  'webinar-cancelled': {
    it: { title: 'Webinar annullato: {webinar}', text: 'Il webinar «{webinar}» di {whenIt} è stato annullato. Motivo: {reason} L’allegato lo toglie dal tuo calendario.', action: 'Apri la scheda' },
    en: { title: 'Webinar cancelled: {webinar}', text: 'The webinar “{webinar}” on {whenEn} (Rome time) was cancelled. Reason: {reason} The attachment removes it from your calendar.', action: 'Open its page' },
  },
  'webinar-reminder-week': {
    it: { title: 'Fra una settimana: {webinar}', text: 'Il webinar «{webinar}» comincia {whenIt}. Se non l’hai mai fatto, prova prima il tuo computer con la prova tecnica.', action: 'Apri la scheda' },
    en: { title: 'In a week: {webinar}', text: 'The webinar “{webinar}” begins on {whenEn} (Rome time). If you never did, try your computer with the technical check.', action: 'Open its page' },
  },
  'webinar-reminder-day': {
    it: { title: 'Domani: {webinar}', text: 'Il webinar «{webinar}» comincia {whenIt}. La sala apre 15 minuti prima.', action: 'Apri la scheda' },
    en: { title: 'Tomorrow: {webinar}', text: 'The webinar “{webinar}” begins on {whenEn} (Rome time). The room opens 15 minutes before.', action: 'Open its page' },
  },
  'webinar-reminder-hour': {
    it: { title: 'Fra un’ora: {webinar}', text: 'Il webinar «{webinar}» comincia {whenIt}. La sala apre 15 minuti prima.', action: 'Apri la scheda' },
    en: { title: 'In an hour: {webinar}', text: 'The webinar “{webinar}” begins on {whenEn} (Rome time). The room opens 15 minutes before.', action: 'Open its page' },
  },
  'channel-mention': {
    it: { title: '{person} ti ha nominato nella chat', text: '{person} ti ha nominato nella chat di «{channel}».', action: 'Apri la chat' },
    en: { title: '{person} named you in the chat', text: '{person} named you in the chat of “{channel}”.', action: 'Open the chat' },
  },
  'direct-message': {
    it: { title: 'Un messaggio da {person}', text: '{person} ti ha scritto un messaggio diretto. Per riservatezza il testo si legge solo nella piattaforma.', action: 'Leggi il messaggio' },
    en: { title: 'A message from {person}', text: '{person} wrote you a direct message. It is private: its text is read on the platform alone.', action: 'Read the message' },
  },
  'moderation-message': {
    it: { title: 'Un messaggio diretto segnalato', text: 'Una persona ha segnalato un messaggio diretto che ha ricevuto. Leggilo e decidi che cosa fare.', action: 'Apri la moderazione' },
    en: { title: 'A direct message was reported', text: 'Somebody reported a direct message that she got. Read it and decide.', action: 'Open the moderation' },
  },
  'author-warned-message': {
    it: { title: 'Un richiamo da UPI', text: 'UPI ti scrive a proposito di un tuo messaggio diretto: {reason} Se non ti convince, puoi chiedere una revisione.', action: 'Vedi il richiamo' },
    en: { title: 'A warning from UPI', text: 'UPI writes to you about one of your direct messages: {reason} If you disagree, you can appeal.', action: 'See the warning' },
  },
  'report-upheld': {
    it: { title: 'La tua segnalazione è stata accolta', text: 'UPI ha esaminato il messaggio diretto che hai segnalato ed è intervenuta. Grazie.', action: 'Vedi i tuoi messaggi' },
    en: { title: 'Your report was upheld', text: 'UPI looked at the direct message that you reported and acted on it. Thank you.', action: 'See your messages' },
  },
  'report-dismissed': {
    it: { title: 'La tua segnalazione è stata esaminata', text: 'UPI ha esaminato il messaggio diretto che hai segnalato e non è intervenuta. Se non vuoi più ricevere messaggi da questa persona, puoi bloccarla.', action: 'Vedi i tuoi messaggi' },
    en: { title: 'Your report was looked at', text: 'UPI looked at the direct message that you reported and took no measure. If you do not want messages from this person any more, you can block her.', action: 'See your messages' },
  },
  'export-ready': {
    it: { title: 'La copia dei tuoi dati è pronta', text: 'Hai chiesto una copia dei tuoi dati: ora puoi scaricarla dal tuo profilo. Resta disponibile per 7 giorni, poi viene cancellata.', action: 'Scarica i tuoi dati' },
    en: { title: 'The copy of your data is ready', text: 'You asked for a copy of your data: you can now download it from your profile. It stays there for 7 days and is then deleted.', action: 'Download your data' },
  },
} as const satisfies Record<string, Record<Language, Text>>;

export type NoticeKind = keyof typeof texts;
/** Where a kind names somebody, as `person`, her id stands beside it as `personId`: when she leaves she is named no more. */
export type NoticeParams = Record<string, string>;

/** The text of a kind in a language, its parameters filled in. A kind of an older release reads as an empty notice, not as an error. */
export function textOf(kind: string, language: Language, params: NoticeParams): Text {
  const text: Text = isKind(kind) ? texts[kind][language] : { title: kind, text: '', action: '' };
  const fill = (template: string) => template.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
  return { title: fill(text.title), text: fill(text.text), action: text.action };
}

function isKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(texts, kind);
}
