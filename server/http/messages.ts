import type { ErrorCode, FieldError } from '../errors.ts';
import type { Language } from './actor.ts';

/** Title and explanation of each error code, for the person. A feature adds its own with `addMessages`. */
type Text = Record<Language, string>;

const texts = new Map<ErrorCode, Text>();

export function addMessages(messages: Record<string, Text>): void {
  for (const [code, text] of Object.entries(messages)) texts.set(code, text);
}

addMessages({
  'bad-request': { it: 'La richiesta non è comprensibile.', en: 'The request cannot be understood.' },
  'bad-json': { it: 'Il corpo della richiesta non è JSON valido.', en: 'The body of the request is not valid JSON.' },
  'bad-cursor': { it: 'La pagina richiesta non esiste più: ricomincia dalla prima.', en: 'The page asked for no longer exists: start from the first.' },
  'bad-day': { it: 'Indica una data valida.', en: 'Give a valid date.' },
  'control-characters': { it: 'Ci sono caratteri non ammessi.', en: 'There are characters that are not allowed.' },
  'invalid': { it: 'Alcuni dati non vanno bene: correggili e riprova.', en: 'Some of the data is wrong: mend it and try again.' },
  'not-signed-in': { it: 'Per continuare devi accedere.', en: 'Sign in to continue.' },
  'forbidden': { it: 'Non hai i permessi per questa operazione.', en: 'You are not allowed to do this.' },
  'forbidden-origin': { it: 'La richiesta arriva da un altro sito.', en: 'The request comes from another site.' },
  'not-found': { it: 'Quello che cerchi non esiste o non è disponibile.', en: 'What you are looking for does not exist or is not available.' },
  'method-not-allowed': { it: 'Questa operazione non è prevista qui.', en: 'This operation does not exist here.' },
  'conflict': { it: 'Nel frattempo qualcosa è cambiato: ricarica e riprova.', en: 'Something changed in the meantime: reload and try again.' },
  'too-large': { it: 'Quello che hai inviato è troppo grande.', en: 'What you sent is too large.' },
  'uploads-waiting': { it: 'Hai caricato molti file senza usarli: usali o aspetta fino a domani.', en: 'You uploaded many files without using them: use them, or wait until tomorrow.' },
  'unsupported-media-type': { it: 'Formato non previsto: serve application/json.', en: 'Unsupported format: application/json is needed.' },
  'too-many-requests': { it: 'Troppe richieste: riprova fra {seconds} secondi.', en: 'Too many requests: try again in {seconds} seconds.' },
  'internal': { it: 'Si è verificato un errore imprevisto. Riprova; se si ripete, comunica il codice della richiesta.', en: 'An unexpected error occurred. Try again; if it happens again, tell us the request id.' },
  'not-ready': { it: 'Il servizio si sta avviando.', en: 'The service is starting.' },
});

/** The text of a code. An unknown code is a defect of ours: it reads as an internal error. */
export function messageOf(code: ErrorCode, language: Language, params: Record<string, string | number> = {}): string {
  const text = (texts.get(code) ?? texts.get('internal'))?.[language] ?? code;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** A field's message: of its own code where we have one, else as it came (zod's, already in the language). */
export function fieldMessage(field: FieldError, language: Language): FieldError {
  return texts.has(field.code) ? { ...field, message: messageOf(field.code, language) } : field;
}
