/** Errors that a person may see: a stable code, an HTTP status, and details the client can show. */
export interface FieldError {
  /** Where: `body.email`, `query.limit`, `params.id`. */
  path: string;
  message: string;
  code: string;
}

/** Stable codes; the client matches these, never the text. Texts are in `http/messages.ts`. */
export type ErrorCode =
  | 'bad-request' | 'invalid' | 'not-signed-in' | 'forbidden' | 'forbidden-origin' | 'not-found' | 'method-not-allowed'
  | 'conflict' | 'too-large' | 'unsupported-media-type' | 'too-many-requests' | 'internal' | 'not-ready'
  | (string & {});

export class AppError extends Error {
  override name = 'AppError';
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    readonly fields: FieldError[] = [],
    /** Figures for the text of the code: `{ minutes: 12 }`. */
    readonly params: Record<string, string | number> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(code);
  }
}

export const badRequest = (code: ErrorCode = 'bad-request') => new AppError(400, code);
export const notSignedIn = () => new AppError(401, 'not-signed-in');
export const forbidden = (code: ErrorCode = 'forbidden', params: Record<string, string | number> = {}) => new AppError(403, code, [], params);
/** Also for what exists but is not the actor's: its existence is nobody's business. */
export const notFound = () => new AppError(404, 'not-found');
export const conflict = (code: ErrorCode = 'conflict', params: Record<string, string | number> = {}) => new AppError(409, code, [], params);
/** Well-formed but wrong: every mistake in `fields`. */
export const invalid = (fields: FieldError[], code: ErrorCode = 'invalid') => new AppError(422, code, fields);
export const invalidField = (path: string, code: string, message: string) => invalid([{ path, code, message }]);
export const tooMany = (retryAfterSeconds: number) =>
  new AppError(429, 'too-many-requests', [], { seconds: retryAfterSeconds }, { 'Retry-After': String(retryAfterSeconds) });

/** Whether an error of PostgreSQL is the violation of this unique or check constraint. */
export function violates(error: unknown, constraint: string): boolean {
  const cause = error instanceof Error && 'nativeError' in error ? error.nativeError : error;
  return typeof cause === 'object' && cause !== null && 'constraint' in cause && cause.constraint === constraint;
}
