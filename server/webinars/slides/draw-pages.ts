import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { wordsOfPage } from '../../community/documents/text-of-pdf.ts';
import type { SlideSize } from '../../contract/slides.ts';

/** As wide as a page is drawn, in points of the screen: for the presenter's row of pages, for a telephone, for a large screen. */
const WIDTHS: Record<SlideSize, number> = { small: 256, medium: 960, large: 1920 };
/** A page that is much higher than wide is no slide: it is drawn so high at most. */
const HIGHEST = 1920;
/** Points of one picture in a page. A larger one is left out of the page: a few bytes of a PDF can ask for gigabytes that no limit of the process counts. */
const LARGEST_PICTURE = 100_000_000;
const QUALITY = { small: 70, medium: 82, large: 82 } as const;

export interface DrawnPage {
  number: number;
  /** Of the large picture. */
  width: number;
  height: number;
  words: string;
  pictures: Record<SlideSize, Uint8Array>;
}

export interface DrawQuestion {
  bytes: Uint8Array;
  /** Pages from here on, the first is 1. */
  from: number;
  most: number;
}

export interface DrawAnswer {
  /** Of the whole file. */
  pages: number;
  drawn: DrawnPage[];
}

/** What `pdfjs-dist` brings for texts whose letters are not in the file, and for Asian scripts: nothing is fetched. */
const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const RESOURCES = { standardFontDataUrl: `${join(folder, 'standard_fonts')}/`, cMapUrl: `${join(folder, 'cmaps')}/`, wasmUrl: `${join(folder, 'wasm')}/`, cMapPacked: true };

/** Draws some pages of a PDF. @throws Error for one that is broken or asks for a password. */
export async function drawPages({ bytes, from, most }: DrawQuestion): Promise<DrawAnswer> {
  // Nothing of it runs
  const task = getDocument({ data: new Uint8Array(bytes), isEvalSupported: false, disableFontFace: true, useSystemFonts: false, verbosity: 0, maxImageSize: LARGEST_PICTURE, ...RESOURCES });
  try {
    const pdf = await task.promise;
    const drawn: DrawnPage[] = [];
    for (let number = from; number <= Math.min(pdf.numPages, from + most - 1); number += 1) drawn.push(await drawPage(await pdf.getPage(number), number));
    return { pages: pdf.numPages, drawn };
  } finally {
    await task.destroy();
  }
}

async function drawPage(page: PDFPageProxy, number: number): Promise<DrawnPage> {
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(WIDTHS.large / natural.width, HIGHEST / natural.height) });
  const [width, height] = [Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height))];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  // The library's types know the browser's canvas alone
  const surface = { canvas, canvasContext: context, viewport } as unknown as Parameters<PDFPageProxy['render']>[0];
  await page.render(surface).promise;
  const words = await wordsOfPage(page);
  page.cleanup();
  const picture = sharp(canvas.data(), { raw: { width, height, channels: 4 } }).removeAlpha();
  const at = (size: SlideSize) => picture.clone().resize({ width: WIDTHS[size], withoutEnlargement: true }).webp({ quality: QUALITY[size] }).toBuffer();
  const [small, medium, large] = await Promise.all([at('small'), at('medium'), at('large')]);
  return { number, width, height, words, pictures: { small, medium, large } };
}
