import { addMessages } from '../http/messages.ts';

addMessages({
  'domain-malformed': { it: 'Scrivi un dominio, per esempio provincia.treviso.it.', en: 'Write a domain, for example provincia.treviso.it.' },
  'domain-public': { it: 'Con questo dominio può scrivere chiunque: serve un dominio del solo ente.', en: 'Anybody can write from this domain: it must be the body’s own.' },
  'domain-taken': { it: 'Questo dominio è già dichiarato da un altro ente.', en: 'Another body has already declared this domain.' },
});
