import { addMessages } from '../http/messages.ts';

addMessages({
  'revocation-reason-missing': { it: 'Scrivi il motivo della revoca.', en: 'Write the reason for the revocation.' },
  'certificate-already-revoked': { it: 'L’attestato è già stato revocato.', en: 'The certificate has already been revoked.' },
});
