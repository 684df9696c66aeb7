import PDFDocument from 'pdfkit';

export interface SlideText {
  title: string;
  lines: readonly string[];
}

/** As wide and high as a usual screen, in points. */
const SIZE: [number, number] = [960, 540];
const MARGIN = 64;
const COLOURS = { band: '#0059b3', title: '#17324d', text: '#30373d' };

/** Slides as somebody makes them: a PDF with a title and some lines on each page. */
export function slidesFile(title: string, slides: readonly SlideText[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => {
    const pdf = new PDFDocument({ size: SIZE, margin: MARGIN, lang: 'it-IT', tagged: true, displayTitle: true, autoFirstPage: false, info: { Title: title } });
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    slides.forEach((slide, index) => {
      pdf.addPage();
      pdf.rect(0, 0, SIZE[0], 16).fill(COLOURS.band);
      pdf.font('Helvetica-Bold').fontSize(40).fillColor(COLOURS.title).text(slide.title, MARGIN, 80, { width: SIZE[0] - 2 * MARGIN });
      pdf.font('Helvetica').fontSize(26).fillColor(COLOURS.text).moveDown(0.8);
      for (const line of slide.lines) pdf.text(`•  ${line}`, { lineGap: 6 }).moveDown(0.3);
      pdf.fontSize(14).fillColor(COLOURS.text).text(`${title} · ${index + 1}/${slides.length}`, MARGIN, SIZE[1] - MARGIN - 16, { lineBreak: false });
    });
    pdf.end();
  });
}
