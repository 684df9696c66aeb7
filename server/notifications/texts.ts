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
    it: { title: 'La tua risposta è pubblicata, senza gli allegati', text: 'Abbiamo pubblicato il testo della tua risposta per e-mail. Gli allegati non sono stati presi: {names}.', action: 'Vedi la tua risposta' },
    en: { title: 'Your reply is published, without its attachments', text: 'We published the text of your reply by e-mail. Its attachments were not taken: {names}.', action: 'See your reply' },
  },
  'answer-accepted': {
    it: { title: 'La tua risposta ha risolto: {thread}', text: 'La tua risposta nella discussione «{thread}» è stata accolta come soluzione. Grazie.', action: 'Vedi la discussione' },
    en: { title: 'Your answer solved it: {thread}', text: 'Your answer in “{thread}” was accepted as the solution. Thank you.', action: 'See the thread' },
  },
  'thread-solved': {
    it: { title: 'C’è una soluzione: {thread}', text: 'Alla domanda «{thread}», che è anche del tuo ente, c’è una risposta accolta come soluzione.', action: 'Leggi la soluzione' },
    en: { title: 'There is a solution: {thread}', text: 'The question “{thread}”, which your body has too, has an accepted answer.', action: 'Read the solution' },
  },
} as const satisfies Record<string, Record<Language, Text>>;

export type NoticeKind = keyof typeof texts;
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
