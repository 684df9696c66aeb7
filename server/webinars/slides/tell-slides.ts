import type { ShownSlide } from '../../contract/slides.ts';
import type { Tx } from '../../database/transaction.ts';
import { publish, roomOf } from '../../sockets/publish.ts';
import { staffTopic, talkTopic } from '../talk/topics.ts';

/** Something about the decks changed: who presents looks again. */
export function tellSlides(tx: Tx, number: number): void {
  publish(tx, roomOf.topic(staffTopic(number)), 'room:changed', { number, what: 'slides' });
}

/** Another page: the whole room hears which, because a thousand who ask for it at once would be worse. */
export function tellShown(tx: Tx, number: number, shown: ShownSlide): void {
  publish(tx, roomOf.topic(talkTopic(number)), 'room:slide', { number, ...shown });
}
