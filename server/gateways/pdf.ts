import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

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

interface Cell {
  text: string;
  size: number;
  bold?: boolean;
  colour?: string;
  /** Of a heading: what it stands for. */
  scope?: 'Row' | 'Column';
}

const LIST_SIZE = 10.5;

export interface PdfPage {
  pdf: PDFKit.PDFDocument;
  text(tag: 'H1' | 'H2' | 'H3' | 'P', text: string, options: TextOptions): void;
  list(items: string[]): void;
  /** Rows of a label and a value. */
  facts(rows: [string, string][], options: { gap?: number; labelWidth: number; width: number }): void;
  /** Columns of these widths below their headings, which are drawn again on each new page. */
  table(header: string[], rows: string[][], columns: number[], options?: { gap?: number }): void;
  /** `box` is left, top, width, height. */
  figure(alt: string, box: [number, number, number, number], draw: () => void): void;
  link(url: string, options: TextOptions): void;
  /** Drawn, but nothing a screen reader should say. */
  decoration(draw: () => void): void;
  newPage(): void;
  end(): Promise<Buffer>;
}

/** Starts an A4 document. The library is read with the first one: a web process that draws none starts without it. */
export async function beginDocument(options: { title: string; author: string; subject: string; margin: number }): Promise<PdfPage> {
  const { default: PDFDocument } = await import('pdfkit');
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
  const hasRoom = (height: number) => pdf.y + height <= pdf.page.height - margin;
  const ensureRoom = (height: number) => {
    if (!hasRoom(height)) pdf.addPage();
  };
  const decoration = (draw: () => void) => {
    pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    pdf.endMarkedContent();
  };
  // The library draws an element's content when the element reaches the document, not before: a parent that came later would
  // draw all its children at once, on the last page
  const attach = (parent: PDFKit.PDFStructureElement, tag: string) => {
    const element = pdf.struct(tag);
    parent.add(element);
    return element;
  };

  function beginTable(columns: number[], gap: number) {
    pdf.y += gap;
    const table = attach(root, 'Table');
    const width = columns.reduce((sum, column) => sum + column, 0);
    const roomOf = (index: number) => (columns[index] ?? 0) - 8;
    const heightOf = (cells: Cell[]) => 8 + Math.max(...cells.map((cell, index) => pdf.font(cell.bold ? 'bold' : 'regular').fontSize(cell.size).heightOfString(cell.text, { width: roomOf(index) })));
    /** Draws one row where the page stands; `draw` decides how each cell is told to a screen reader. */
    const paint = (cells: Cell[], draw: (cell: Cell, put: () => void) => void = (_, paintCell) => paintCell()) => {
      const height = heightOf(cells);
      const top = pdf.y;
      let left = margin;
      cells.forEach((cell, index) => {
        const options = { ...cell, at: top + 3, left, width: roomOf(index) };
        draw(cell, () => put(cell.text, options));
        left += columns[index] ?? 0;
      });
      pdf.y = top + height;
    };
    const rule = () => pdf.moveTo(margin, pdf.y).lineTo(margin + width, pdf.y).lineWidth(0.5).stroke(COLOURS.line);
    return {
      heightOf,
      paint(cells: Cell[]) {
        paint(cells);
        rule();
      },
      row(cells: Cell[]) {
        ensureRoom(heightOf(cells));
        const line = attach(table, 'TR');
        paint(cells, ({ scope }, paintCell) => {
          // Which way a heading points: again forgotten by the library's types
          const pointing: PDFKit.Mixins.StructureElementOptions & Pick<Cell, 'scope'> = scope ? { scope } : {};
          line.add(pdf.struct(scope ? 'TH' : 'TD', pointing, paintCell));
        });
        line.end();
        decoration(rule);
      },
      end: () => table.end(),
    };
  }

  return {
    pdf,
    text(tag, text, textOptions) {
      if (textOptions.at === undefined) ensureRoom((textOptions.gap ?? 0) + textOptions.size * 1.6);
      root.add(pdf.struct(tag, {}, () => put(text, textOptions)));
    },
    list(items) {
      const list = attach(root, 'L');
      for (const item of items) {
        const text = `–  ${item}`;
        const width = full() - 8;
        ensureRoom(pdf.font('regular').fontSize(LIST_SIZE).heightOfString(text, { width }) + 2);
        const line = attach(list, 'LI');
        line.add(pdf.struct('LBody', {}, () => put(text, { left: margin + 8, width, size: LIST_SIZE, gap: 2 })));
        line.end();
      }
      list.end();
    },
    facts(rows, { gap = 0, labelWidth, width }) {
      const table = beginTable([labelWidth, width - labelWidth], gap);
      for (const [label, value] of rows) table.row([{ text: label, size: 11, bold: true, colour: COLOURS.grey, scope: 'Row' }, { text: value, size: 11 }]);
      table.end();
    },
    table(header, rows, columns, { gap = 0 } = {}) {
      const table = beginTable(columns, gap);
      const headings: Cell[] = header.map((text) => ({ text, size: 9, bold: true, scope: 'Column' }));
      table.row(headings);
      for (const texts of rows) {
        const cells: Cell[] = texts.map((text) => ({ text, size: 9 }));
        if (!hasRoom(table.heightOf(cells))) {
          pdf.addPage();
          decoration(() => table.paint(headings));
        }
        table.row(cells);
      }
      table.end();
    },
    figure(alt, [left, top, width, height], draw) {
      // PDF/UA wants the box too, as two corners; the library's types forget it
      const described = { alt, bbox: [left, top, left + width, top + height] };
      root.add(pdf.struct('Figure', described, draw));
    },
    link(url, textOptions) {
      root.add(pdf.struct('Link', {}, () => put(url, { ...textOptions, colour: COLOURS.blue }, { link: url, underline: true })));
    },
    decoration,
    newPage: () => pdf.addPage(),
    async end() {
      root.end();
      pdf.end();
      return finished;
    },
  };
}
