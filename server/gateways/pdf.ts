import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';

/** Tagged PDF documents in our typeface: what a screen reader needs (language, title, structure, alternative texts) cannot be forgotten. */

const FONTS = join(dirname(createRequire(import.meta.url).resolve('bootstrap-italia/package.json')), 'dist/fonts/Titillium_Web');
const regular = readFileSync(join(FONTS, 'titillium-web-v10-latin-ext_latin-regular.ttf'));
const bold = readFileSync(join(FONTS, 'titillium-web-v10-latin-ext_latin-600.ttf'));

export const COLOURS = { blue: '#0059b3', grey: '#4a5a6a', black: '#17324d', line: '#c5cfd8' };

export interface TextOptions {
  /** Distance from the top of the page; without it, below what stands. */
  at?: number;
  /** Space above, in points. */
  gap?: number;
  left?: number;
  width?: number;
  size: number;
  bold?: boolean;
  colour?: string;
}

export interface PdfPage {
  pdf: PDFKit.PDFDocument;
  text(tag: 'H1' | 'H2' | 'H3' | 'P', text: string, options: TextOptions): void;
  list(items: string[]): void;
  /** Rows of a label and a value. */
  table(rows: [string, string][] | string[][], options: { gap?: number; labelWidth: number; width: number; header?: string[]; columns?: number[] }): void;
  figure(alt: string, box: [number, number, number, number], draw: () => void): void;
  link(url: string, options: TextOptions): void;
  /** Drawn, but nothing a screen reader should say. */
  decoration(draw: () => void): void;
  newPage(): void;
  end(): Promise<Buffer>;
}

/** Starts an A4 document. */
export function beginDocument(options: { title: string; author: string; subject: string; margin: number }): PdfPage {
  const { margin } = options;
  const pdf = new PDFDocument({
    size: 'A4', margin, lang: 'it-IT', tagged: true, pdfVersion: '1.7', displayTitle: true,
    info: { Title: options.title, Author: options.author, Subject: options.subject, Creator: 'Pi.Co.', Producer: 'Pi.Co.' },
    font: '',
  } as PDFKit.PDFDocumentOptions);
  pdf.registerFont('regular', regular);
  pdf.registerFont('bold', bold);
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const full = () => pdf.page.width - 2 * margin;

  const put = (text: string, { at, gap = 0, left = margin, width = full(), size, bold: heavy = false, colour = COLOURS.black }: TextOptions, more: PDFKit.Mixins.TextOptions = {}) => {
    pdf.font(heavy ? 'bold' : 'regular').fontSize(size).fillColor(colour);
    pdf.text(text, left, at ?? pdf.y + gap, { width, ...more });
  };
  const ensureRoom = (height: number) => {
    if (pdf.y + height > pdf.page.height - margin) pdf.addPage();
  };

  return {
    pdf,
    text(tag, text, textOptions) {
      if (textOptions.at === undefined) ensureRoom((textOptions.gap ?? 0) + textOptions.size * 1.6);
      root.add(pdf.struct(tag, {}, () => put(text, textOptions)));
    },
    list(items) {
      const list = pdf.struct('L');
      for (const item of items) {
        ensureRoom(18);
        list.add(pdf.struct('LI', {}, [pdf.struct('LBody', {}, () => put(`–  ${item}`, { left: margin + 8, width: full() - 8, size: 10.5, gap: 2 }))]));
      }
      list.end();
      root.add(list);
    },
    table(rows, { gap = 0, labelWidth, width, header, columns }) {
      const widths = columns ?? [labelWidth, width - labelWidth];
      pdf.y += gap;
      const table = pdf.struct('Table');
      const row = (cells: string[], head: boolean) => {
        const heights = cells.map((cell, i) => pdf.font(head || (i === 0 && !columns) ? 'bold' : 'regular').fontSize(columns ? 9 : 11).heightOfString(cell, { width: (widths[i] ?? 80) - 8 }));
        const height = Math.max(...heights) + 8;
        ensureRoom(height);
        const top = pdf.y;
        const line = pdf.struct('TR');
        let left = margin;
        cells.forEach((cell, i) => {
          const heading = head || (i === 0 && !columns);
          const x = left;
          line.add(pdf.struct(heading ? 'TH' : 'TD', {}, () => put(cell, { at: top + 3, left: x, width: (widths[i] ?? 80) - 8, size: columns ? 9 : 11, bold: heading, colour: heading && !head ? COLOURS.grey : COLOURS.black })));
          left += widths[i] ?? 80;
        });
        line.end();
        table.add(line);
        pdf.markContent('Artifact', { type: 'Layout' });
        pdf.moveTo(margin, top + height).lineTo(margin + width, top + height).lineWidth(0.5).stroke(COLOURS.line);
        pdf.endMarkedContent();
        pdf.y = top + height;
      };
      if (header) row(header, true);
      for (const cells of rows) row(cells, false);
      table.end();
      root.add(table);
    },
    figure(alt, bbox, draw) {
      // PDF/UA wants the box too, which the library's types forget
      const described = { alt, bbox };
      root.add(pdf.struct('Figure', described, draw));
    },
    link(url, textOptions) {
      root.add(pdf.struct('Link', {}, () => put(url, { ...textOptions, colour: COLOURS.blue }, { link: url, underline: true })));
    },
    decoration(draw) {
      pdf.markContent('Artifact', { type: 'Layout' });
      draw();
      pdf.endMarkedContent();
    },
    newPage: () => pdf.addPage(),
    async end() {
      root.end();
      pdf.end();
      return finished;
    },
  };
}
