import { z } from 'zod';

/** Where files are sent by the tus protocol. */
export const UPLOADS_PATH = '/api/uploads';
/** 50 MB: a large PDF, not a film. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

/** So much of one person may wait to be taken at once: ten of the largest. */
export const MAX_WAITING_BYTES = 10 * MAX_UPLOAD_BYTES;

/** The name that an upload got when it began: the last part of its address. */
export const UploadId = z.string().regex(/^[0-9a-f]{32}$/);
