import { z } from 'zod';
import { Id, Moment, page, pageQuery, text } from './common.ts';
import { Author, Excerpt } from './community.ts';
import { FileFacts } from './files.ts';
import { UploadId } from './uploads.ts';

/** Who may do what with it; `reserved` is for what others have rights on. */
export const Licence = z.enum(['cc-by-4.0', 'cc0-1.0', 'iodl-2.0', 'reserved']);
export type Licence = z.output<typeof Licence>;
export const DocumentCard = z.object({
  number: z.int(), title: z.string(), summary: z.string(), licence: Licence, author: Author, createdAt: Moment, changedAt: Moment,
  network: z.object({ key: z.string(), name: z.string() }), file: FileFacts,
  /** Of all versions. */
  downloads: z.int(),
});
export type DocumentCard = z.output<typeof DocumentCard>;
export const DocumentPage = page(DocumentCard).extend({ abilities: z.object({ add: z.boolean() }) });
export type DocumentPage = z.output<typeof DocumentPage>;

export const DocumentVersion = FileFacts.extend({ note: z.string(), author: Author, createdAt: Moment, downloads: z.int() });
export type DocumentVersion = z.output<typeof DocumentVersion>;
export const DocumentView = DocumentCard.extend({
  /** Newest first. */
  versions: z.array(DocumentVersion),
  /** Where it is spoken of, newest first. */
  threads: z.array(z.object({ number: z.int(), title: z.string(), sequence: z.int() })),
  abilities: z.object({ change: z.boolean(), addVersion: z.boolean(), remove: z.boolean() }),
});
export type DocumentView = z.output<typeof DocumentView>;

export const DocumentInput = z.object({ uploadId: UploadId, title: text(3, 160), summary: text(0, 600).default(''), licence: Licence });
export type DocumentInput = z.output<typeof DocumentInput>;
export const DocumentChange = z.object({ title: text(3, 160).optional(), summary: text(0, 600).optional(), licence: Licence.optional() });
export type DocumentChange = z.output<typeof DocumentChange>;
export const VersionInput = z.object({ uploadId: UploadId, note: text(3, 300) });
export type VersionInput = z.output<typeof VersionInput>;
/** A picture for a post. */
export const ImageInput = z.object({ uploadId: UploadId });
export const Image = z.object({ id: Id, address: z.string(), width: z.int(), height: z.int() });
export type Image = z.output<typeof Image>;

export const DocumentQuery = z.object({ ...pageQuery });
export const ContentQuery = z.object({ inline: z.literal('1').optional() });
export const DocumentHit = DocumentCard.extend({ excerpt: Excerpt });
export type DocumentHit = z.output<typeof DocumentHit>;
