import { config } from '../../config.ts';
import type { Tx } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import type { Actor } from '../../http/actor.ts';
import { addMessages, messageOf } from '../../http/messages.ts';
import { sendMail } from '../send-mail.ts';

addMessages({
  'wrong-sender': { it: 'È arrivata da un indirizzo diverso da quello del tuo profilo: rispondi dall’indirizzo a cui hai ricevuto l’avviso.', en: 'It came from another address than the one of your profile: reply from the address at which you got the notice.' },
  'address-ended': { it: 'L’indirizzo a cui hai risposto non vale più, perché non fai più parte della rete o perché nel frattempo sei uscito e rientrato: rispondi dalla pagina, o a un avviso più recente.', en: 'The address that you replied to is no longer valid, because you are no longer in the network or left and came back: reply from the page, or to a newer notice.' },
  'too-many': { it: 'Hai mandato troppe risposte in un’ora: riprova più tardi.', en: 'You sent too many replies in an hour: try again later.' },
});

/** Tells a person why her mail was not published: at most once an hour, to the address of her profile. */
export async function explain(tx: Tx, person: Actor, outcome: string): Promise<void> {
  const hour = clock.now().toISOString().slice(0, 13);
  // It names nothing of the thread, which she may no longer read
  await sendMail(tx, { key: `mail-refused:${person.id}:${hour}`, person, kind: 'mail-refused', params: { reason: messageOf(outcome, person.language) }, url: `${config.publicUrl}/avvisi` });
}
