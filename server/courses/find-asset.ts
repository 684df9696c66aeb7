import { database } from '../database/connection.ts';
import { notFound } from '../errors.ts';
import { files } from '../gateways/files.ts';
import { FileReply } from '../http/route.ts';

/** An image is shown and nothing else happens; a browser's reader of PDF does not work in a sandbox. */
const POLICY = { document: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox", pdf: "frame-ancestors 'self'" };

const YEAR_SECONDS = 365 * 24 * 3600;

/** A file of a version: the same for ever, in parts where the browser asks for a part. @throws AppError 404 */
export async function findAsset(versionId: string, name: string): Promise<FileReply> {
  const asset = (await database()('course_assets').where({ version_id: versionId, path: name }).first('digest', 'type', 'bytes')) as { digest: string; type: string; bytes: number } | undefined;
  if (!asset) throw notFound();
  return new FileReply(asset.type, { size: asset.bytes, etag: `"${asset.digest}"`, open: (range) => files.read(asset.digest, range) }, {
    filename: name,
    inline: true,
    headers: {
      'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable`,
      'Content-Security-Policy': asset.type === 'application/pdf' ? POLICY.pdf : POLICY.document,
    },
  });
}
