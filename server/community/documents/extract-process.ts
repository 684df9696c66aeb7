import { textOfFile } from './text-of-file.ts';

/** What runs in a process of its own: reads the files that it is sent, one after the other, and says the words of each. */
process.on('message', ({ bytes, mediaType }: { bytes: Uint8Array; mediaType: string }) => {
  void textOfFile(bytes, mediaType).then((text) => process.send?.({ answer: text }), (error: unknown) => process.send?.({ error: String(error) }));
});
