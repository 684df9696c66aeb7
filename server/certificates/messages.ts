import { addMessages } from '../http/messages.ts';

addMessages({
  'certificate-already-revoked': { it: "L'attestato è già stato revocato.", en: 'The certificate has already been revoked.' },
});
