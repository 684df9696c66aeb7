import { create } from 'qrcode';

/** Draws a QR code as one vector path. Level M: a stain or a fold does not stop a telephone. */
export function drawQr(pdf: PDFKit.PDFDocument, text: string, left: number, top: number, size: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  // The quiet zone of four modules that readers need
  const cell = size / (modules.size + 8);
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) pdf.rect(left + (column + 4) * cell, top + (row + 4) * cell, cell + 0.02, cell + 0.02);
    }
  }
  pdf.fill('#000000');
}
