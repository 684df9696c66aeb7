import { strToU8, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const CONTENT_TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** What an Office Open XML file consists of, whichever program it is for. */
function officeFile(main: { path: string; type: string; xml: string }, more: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${XML}<Types xmlns="${CONTENT_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main.path}" ContentType="${main.type}"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${RELATIONSHIPS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="${main.path}"/></Relationships>`,
    [main.path]: XML + main.xml,
    ...more,
  };
  return new Uint8Array(zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)]))));
}

/** A small text document for Word, a paragraph each. */
export function wordFile(paragraphs: string[]): Uint8Array<ArrayBuffer> {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`).join('');
  return officeFile({
    path: 'word/document.xml', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    xml: `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  });
}

/** A small workbook for Excel with one sheet. */
export function excelFile(rows: string[][]): Uint8Array<ArrayBuffer> {
  const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const cells = rows.map((row, at) => `<row r="${at + 1}">${row.map((text) => `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`).join('')}</row>`).join('');
  return officeFile(
    {
      path: 'xl/workbook.xml', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
      xml: `<workbook xmlns="${namespace}" xmlns:r="${OFFICE}"><sheets><sheet name="Foglio 1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELATIONSHIPS}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${namespace}"><sheetData>${cells}</sheetData></worksheet>`,
    },
  );
}

/** A small OpenDocument text, a paragraph each. */
export function openDocumentText(paragraphs: string[]): Uint8Array<ArrayBuffer> {
  const type = 'application/vnd.oasis.opendocument.text';
  const body = paragraphs.map((text) => `<text:p>${escaped(text)}</text:p>`).join('');
  const names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"';
  return new Uint8Array(zipSync({
    // First and as it is: so that programs know the file by its first bytes
    'mimetype': [strToU8(type), { level: 0 }],
    'META-INF/manifest.xml': strToU8(`${XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`),
    'content.xml': strToU8(`${XML}<office:document-content ${names} office:version="1.3"><office:body><office:text>${body}</office:text></office:body></office:document-content>`),
  }));
}

/** A PDF with a title and paragraphs, on as many pages as they need. */
export function pdfFile(title: string, paragraphs: string[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => {
    const pdf = new PDFDocument({ size: 'A4', margin: 64, lang: 'it-IT', tagged: true, displayTitle: true, info: { Title: title } });
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.font('Helvetica-Bold').fontSize(18).text(title).moveDown();
    pdf.font('Helvetica').fontSize(11);
    for (const text of paragraphs) pdf.text(text, { lineGap: 3 }).moveDown(0.7);
    pdf.end();
  });
}
