import { addMessages } from '../../http/messages.ts';

addMessages({
  'slides-no-pdf': { it: 'Le diapositive si caricano in formato PDF: esportale in PDF e riprova.', en: 'Slides are taken as PDF: export them as PDF and try again.' },
  'slides-enough': { it: 'Questo webinar ha già 20 presentazioni: eliminane una prima di aggiungerne altre.', en: 'This webinar has 20 presentations already: delete one before you add others.' },
  'slides-no-page': { it: 'Questa pagina non c’è, o non è ancora pronta.', en: 'There is no such page, or it is not ready yet.' },
});
