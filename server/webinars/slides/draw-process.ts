import { drawPages, type DrawQuestion } from './draw-pages.ts';

/** What runs in a process of its own: draws pages of the files that it is sent. */
process.on('message', (question: DrawQuestion) => {
  void drawPages(question).then((answer) => process.send?.({ answer }), (error: unknown) => process.send?.({ error: String(error) }));
});
