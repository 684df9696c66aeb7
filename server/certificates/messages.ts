import { addMessages } from '../http/messages.ts';

addMessages({
  'certificate-already-revoked': { it: "L'attestato è già stato revocato.", en: 'The certificate has already been revoked.' },
  'certificate-being-drawn': { it: "Il documento è in preparazione: riprova tra qualche secondo.", en: 'The document is being prepared: try again in a few seconds.' },
});
