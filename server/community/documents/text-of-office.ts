import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** Where a format keeps its text: the parts of the archive, the elements whose text it is, those after which a new line begins. */
interface Format {
  parts: RegExp;
  /** undefined: all text. */
  text?: Set<string>;
  breaks: Set<string>;
}

const OPEN_DOCUMENT: Format = { parts: /^content\.xml$/, breaks: new Set(['text:p', 'text:h', 'text:tab', 'text:line-break', 'text:s', 'table:table-cell']) };

/** Office Open XML (ISO/IEC 29500) and OpenDocument (ISO/IEC 26300). */
const FORMATS: Record<string, Format> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { parts: /^word\/(document|footnotes|endnotes|header\d*|footer\d*)\.xml$/, text: new Set(['w:t']), breaks: new Set(['w:p', 'w:tab', 'w:br', 'w:tc']) },
  // Words are shared by all sheets; cells that hold them alone are `inlineStr`
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { parts: /^xl\/(sharedStrings|worksheets\/sheet\d+)\.xml$/, text: new Set(['t']), breaks: new Set(['si', 'is']) },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { parts: /^ppt\/(slides\/slide|notesSlides\/notesSlide)\d+\.xml$/, text: new Set(['a:t']), breaks: new Set(['a:p', 'a:br']) },
  'application/vnd.oasis.opendocument.text': OPEN_DOCUMENT,
  'application/vnd.oasis.opendocument.spreadsheet': OPEN_DOCUMENT,
  'application/vnd.oasis.opendocument.presentation': OPEN_DOCUMENT,
};

/** An archive that unfolds into more than this is a trap. */
const UNFOLDED = 200 * 1024 * 1024;

export const isOffice = (mediaType: string): boolean => Object.hasOwn(FORMATS, mediaType);

/** The words of an office document. @throws Error for an archive or a markup that is broken, or unfolds too far. */
export function textOfOffice(bytes: Uint8Array, mediaType: string): string {
  const format = FORMATS[mediaType];
  if (!format) throw new Error(`No office format: ${mediaType}`);
  let unfolded = 0;
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!format.parts.test(name)) return false;
      unfolded += originalSize;
      if (unfolded > UNFOLDED) throw new Error('It unfolds too far');
      return true;
    },
  });
  const inOrder = Object.entries(parts).sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  return inOrder.map(([, part]) => textOfPart(strFromU8(part), format)).join('\n');
}

function textOfPart(xml: string, { text, breaks }: Format): string {
  const pieces: string[] = [];
  let open = 0;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (text?.has(name)) open += 1;
  });
  parser.on('text', (piece) => {
    if (!text || open > 0) pieces.push(piece);
  });
  parser.on('closetag', ({ name }) => {
    if (text?.has(name)) open -= 1;
    if (breaks.has(name)) pieces.push('\n');
  });
  parser.write(xml).close();
  return pieces.join('');
}
