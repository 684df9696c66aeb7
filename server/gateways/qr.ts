import { create } from 'qrcode';

/** Draws a QR code as one vector path. Level M: a stain or a fold does not stop a telephone. */
export function drawQr(pdf: PDFKit.PDFDocument, text: string, left: number, top: number, size: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  // The quiet zone of four modules that readers need
  const cell = size / (modules.size + 8);
  for (let row = 0; row < modules.size; row += 1) {
    // Neighbours are one rectangle: half the drawing, and no seams between them
    for (let column = 0; column < modules.size; column += 1) {
      const from = column;
      while (column < modules.size && modules.get(row, column)) column += 1;
      if (column > from) pdf.rect(left + (from + 4) * cell, top + (row + 4) * cell, (column - from) * cell, cell + 0.02);
    }
  }
  pdf.fill('#000000');
}
