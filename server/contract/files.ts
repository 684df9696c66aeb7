import { z } from 'zod';
import { text } from './common.ts';
import { UploadId } from './uploads.ts';

/** What kind of thing a file is, for who reads a list. */
export const DocumentKind = z.enum(['pdf', 'text', 'sheet', 'slides', 'image', 'data', 'signed']);
export type DocumentKind = z.output<typeof DocumentKind>;
/** `waiting`: the antivirus has not looked yet; `infected`: nobody gets it. */
export const FileState = z.enum(['ready', 'waiting', 'infected']);
export type FileState = z.output<typeof FileState>;

/** A file as it is listed. */
export const FileFacts = z.object({ version: z.int(), name: z.string(), mediaType: z.string(), kind: DocumentKind, bytes: z.int(), state: FileState });
export type FileFacts = z.output<typeof FileFacts>;

/** A file that goes with a post, and into its network's library. */
export const Attachment = z.object({ uploadId: UploadId, title: text(3, 160).optional() });
export type Attachment = z.output<typeof Attachment>;
export const attachments = z.array(Attachment).max(5).refine((all) => new Set(all.map(({ uploadId }) => uploadId)).size === all.length, { error: 'attachment-twice' }).default([]);

/** A document that goes with a post, as it is now. */
export const AttachedDocument = z.object({ number: z.int(), title: z.string(), file: FileFacts });
export type AttachedDocument = z.output<typeof AttachedDocument>;
