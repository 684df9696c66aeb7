import { decodeText } from './decode-text.ts';
import { isOffice, textOfOffice } from './text-of-office.ts';
import { textOfPdf } from './text-of-pdf.ts';

/** The words of a file, as far as it has any. @throws Error for one that cannot be read. */
export async function textOfFile(bytes: Uint8Array, mediaType: string): Promise<string> {
  if (mediaType === 'application/pdf') return textOfPdf(bytes);
  if (isOffice(mediaType)) return textOfOffice(bytes, mediaType);
  return mediaType.startsWith('text/') ? decodeText(bytes) : '';
}
