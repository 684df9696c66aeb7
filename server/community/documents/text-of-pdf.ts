import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A report of a thousand pages is read whole; what is longer, as far as this. */
const PAGES = 1500;

/** What is written on a page, line by line. */
export async function wordsOfPage(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

/** The words of a PDF that has some; a scanned one has none. @throws Error for one that is broken or asks for a password. */
export async function textOfPdf(bytes: Uint8Array): Promise<string> {
  // Nothing of it runs, and nothing is fetched: fonts are not needed to read
  const task = getDocument({ data: new Uint8Array(bytes), isEvalSupported: false, disableFontFace: true, useSystemFonts: false, verbosity: 0 });
  try {
    const pdf = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= Math.min(pdf.numPages, PAGES); number += 1) {
      const page = await pdf.getPage(number);
      pages.push(await wordsOfPage(page));
      page.cleanup();
    }
    return pages.join('\n');
  } finally {
    await task.destroy();
  }
}
