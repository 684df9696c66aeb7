import jsQR from 'jsqr';
import { getDocument, OPS, type PDFDocumentProxy, type PDFPageProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Opens a PDF that the application answered, with another library than the one that drew it. */
export async function openPdf(reply: Response): Promise<PDFDocumentProxy> {
  return getDocument({ data: new Uint8Array(await reply.arrayBuffer()), useSystemFonts: false, verbosity: VerbosityLevel.ERRORS }).promise;
}

/** What is written on each page. */
export async function textsOf(pdf: PDFDocumentProxy): Promise<string[]> {
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, index) => pdf.getPage(index + 1)));
  const contents = await Promise.all(pages.map((page) => page.getTextContent()));
  return contents.map(({ items }) => items.map((item) => ('str' in item ? item.str : '')).join(' '));
}

/** How the library writes a path down: a rectangle is one move, three lines and a close. */
const RECTANGLE = [0, 1, 1, 1, 4];

/** Reads the QR code of a page as a telephone would: the black bars of its largest path, as an image. */
export async function readQr(page: PDFPageProxy): Promise<string | undefined> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const drawn = fnArray.flatMap((operator, index) => (operator === OPS.constructPath ? [barsOf((argsArray[index] as [number, [Float32Array | null]])[1][0])] : []));
  const bars = drawn.reduce((largest, path) => (path.length > largest.length ? path : largest), []);
  const cell = Math.min(...bars.map(({ width }) => width));
  const [left, top] = [Math.min(...bars.map(({ x }) => x)), Math.min(...bars.map(({ y }) => y))];
  const modules = Math.round((Math.max(...bars.map(({ y }) => y)) - top) / cell) + 1;
  const [scale, quiet] = [4, 4];
  const size = (modules + 2 * quiet) * scale;
  const image = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const { x, y, width } of bars) {
    const from = (Math.round((x - left) / cell) + quiet) * scale;
    const to = from + Math.round(width / cell) * scale;
    const row = (Math.round((y - top) / cell) + quiet) * scale;
    for (let line = row; line < row + scale; line += 1) {
      for (let dot = from; dot < to; dot += 1) image.fill(0, (line * size + dot) * 4, (line * size + dot) * 4 + 3);
    }
  }
  return jsQR(image, size, size)?.data;
}

function barsOf(path: Float32Array | null): { x: number; y: number; width: number }[] {
  const bars: { x: number; y: number; width: number }[] = [];
  if (!path) return bars;
  for (let at = 0; at + 12 < path.length; at += 13) {
    if (RECTANGLE.some((step, index) => path[at + index * 3] !== step)) return [];
    bars.push({ x: path[at + 1] ?? 0, y: path[at + 2] ?? 0, width: (path[at + 4] ?? 0) - (path[at + 1] ?? 0) });
  }
  return bars;
}
