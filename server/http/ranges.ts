import type Koa from 'koa';
import { AppError } from '../errors.ts';

/** A file that never changes and can be read in parts: a video in which people jump. */
export interface StoredFile {
  size: number;
  /** Quoted, as the header wants it. */
  etag: string;
  open(range?: { start: number; end: number }): NodeJS.ReadableStream;
}

/**
 * Which bytes a `Range` header asks for, the last one included (RFC 9110, 14). Several ranges and other units are answered with the
 * whole, as the standard allows.
 */
export function chooseRange(header: string, size: number): { start: number; end: number } | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (first === '' && last === '') return 'whole';
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return 'whole';
  return start >= size || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { start, end };
}

/** Answers with the file, a part of it, or that the browser has it already. @throws AppError 416 */
export function sendStored(ctx: Koa.Context, file: StoredFile): void {
  ctx.set('ETag', file.etag);
  ctx.set('Accept-Ranges', 'bytes');
  if (ctx.get('if-none-match').split(',').some((tag) => tag.trim().replace(/^W\//, '') === file.etag)) {
    ctx.status = 304;
    return;
  }
  const ifRange = ctx.get('if-range');
  const range = ifRange && ifRange !== file.etag ? 'whole' : chooseRange(ctx.get('range'), file.size);
  if (range === 'unsatisfiable') throw new AppError(416, 'range-not-satisfiable', [], {}, { 'Content-Range': `bytes */${file.size}` });
  if (range !== 'whole') {
    ctx.status = 206;
    ctx.set('Content-Range', `bytes ${range.start}-${range.end}/${file.size}`);
  }
  const length = range === 'whole' ? file.size : range.end - range.start + 1;
  // Nothing is opened for who asks only about the file
  if (ctx.method !== 'HEAD') ctx.body = range === 'whole' ? file.open() : file.open(range);
  else ctx.body = '';
  ctx.length = length;
}
