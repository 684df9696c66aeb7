import { textOfFile } from './text-of-file.ts';

/** What runs in a process of its own: reads one file, says its words, and is gone. */
process.once('message', ({ bytes, mediaType }: { bytes: Uint8Array; mediaType: string }) => {
  void textOfFile(bytes, mediaType).then(
    (text) => process.send?.({ text }, () => process.exit(0)),
    (error: unknown) => process.send?.({ error: String(error) }, () => process.exit(0)),
  );
});
