import { join } from 'node:path';
import { secluded } from '../../gateways/secluded.ts';
import { log } from '../../http/log.ts';
import { decodeText } from './decode-text.ts';

/** A file that takes longer, or more memory, was made to do so. */
const LIMIT = { ms: 60_000, megabytes: 512 };

/** Words that are kept of one file: a thick book. */
const KEPT = 1_000_000;

/** What has words to be taken out: PDF, Office Open XML, OpenDocument. */
const READ = /^application\/(pdf|vnd\.)/;

const read = secluded<{ bytes: Uint8Array; mediaType: string }, string>(join(import.meta.dirname, 'extract-process.ts'), LIMIT);

/**
 * Reads a file of a stranger, secluded from all the rest.
 * @returns its words, with single spaces; empty where it has none or cannot be read.
 */
export async function extractText(bytes: Uint8Array, mediaType: string): Promise<string> {
  const text = await wordsOf(bytes, mediaType).catch((error: unknown) => {
    log.info({ err: error, mediaType, bytes: bytes.length }, 'a document cannot be read');
    return '';
  });
  // What PostgreSQL cannot hold, and what is spread over a page
  return text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim().slice(0, KEPT);
}

async function wordsOf(bytes: Uint8Array, mediaType: string): Promise<string> {
  // Text is text: there is nothing in it to take apart
  if (mediaType.startsWith('text/')) return decodeText(bytes);
  return READ.test(mediaType) ? read({ bytes, mediaType }) : '';
}
