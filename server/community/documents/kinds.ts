import type { DocumentKind, FileFacts, FileState } from '../../contract/files.ts';

interface Kind {
  kind: DocumentKind;
  mediaType: string;
  /** The first one is that of a file whose name has none. */
  extensions: string[];
}

/** What a library takes, by what it is found to be. Formats that carry programs (macros) are not among them. */
export const KINDS: Kind[] = [
  { kind: 'pdf', mediaType: 'application/pdf', extensions: ['pdf'] },
  { kind: 'text', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extensions: ['docx'] },
  { kind: 'text', mediaType: 'application/vnd.oasis.opendocument.text', extensions: ['odt'] },
  { kind: 'sheet', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extensions: ['xlsx'] },
  { kind: 'sheet', mediaType: 'application/vnd.oasis.opendocument.spreadsheet', extensions: ['ods'] },
  { kind: 'slides', mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', extensions: ['pptx'] },
  { kind: 'slides', mediaType: 'application/vnd.oasis.opendocument.presentation', extensions: ['odp'] },
  { kind: 'image', mediaType: 'image/png', extensions: ['png'] },
  { kind: 'image', mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  { kind: 'image', mediaType: 'image/webp', extensions: ['webp'] },
  { kind: 'data', mediaType: 'text/csv', extensions: ['csv'] },
  { kind: 'text', mediaType: 'text/plain', extensions: ['txt'] },
  { kind: 'signed', mediaType: 'application/pkcs7-mime', extensions: ['p7m'] },
];

/** The media type that a name promises. @throws Error for one that a library does not take. */
export function typeOfName(name: string): string {
  const kind = KINDS.find(({ extensions }) => extensions.includes(/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''));
  if (!kind) throw new Error(`No library takes ${name}`);
  return kind.mediaType;
}

/** What a stored media type is to a reader. */
export const kindOf = (mediaType: string): DocumentKind => KINDS.find((kind) => kind.mediaType === mediaType)?.kind ?? 'data';

export interface FileRow {
  version: number;
  file_name: string;
  media_type: string;
  bytes: number;
  scan: string;
}

const STATES: Record<string, FileState> = { waiting: 'waiting', infected: 'infected' };

export const presentFile = (row: FileRow): FileFacts => ({
  version: row.version, name: row.file_name, mediaType: row.media_type, kind: kindOf(row.media_type), bytes: row.bytes, state: STATES[row.scan] ?? 'ready',
});
