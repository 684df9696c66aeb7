import { MAX_UPLOAD_BYTES, UPLOADS_PATH } from '../../contract/uploads.ts';
import { pdfFile } from '../../demonstration/sample-files.ts';
import type { TestClient } from '../../testing/app.ts';

const PROTOCOL = { 'tus-resumable': '1.0.0' };

/** Begins an upload. @returns the reply, and the upload's address. */
export async function beginUpload(client: TestClient, name: string, bytes: number): Promise<{ status: number; address: string; id: string }> {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`;
  const reply = await client.raw('POST', UPLOADS_PATH, { headers: { ...PROTOCOL, 'upload-length': String(bytes), 'upload-metadata': metadata } });
  const address = reply.headers.get('location') ?? '';
  return { status: reply.status, address, id: address.split('/').at(-1) ?? '' };
}

/** Sends a part of an upload. @returns the status and how far the upload is. */
export async function sendPart(client: TestClient, address: string, offset: number, part: Uint8Array<ArrayBuffer>): Promise<{ status: number; offset: number }> {
  const reply = await client.raw('PATCH', address, { body: part, headers: { ...PROTOCOL, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' } });
  return { status: reply.status, offset: Number(reply.headers.get('upload-offset')) };
}

/** Asks how far an upload is. */
export async function askUpload(client: TestClient, address: string): Promise<{ status: number; offset: number }> {
  const reply = await client.raw('HEAD', address, { headers: PROTOCOL });
  return { status: reply.status, offset: Number(reply.headers.get('upload-offset')) };
}

/** A file that has arrived. @returns its upload's id. */
export async function anUpload(client: TestClient, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { address, id, status } = await beginUpload(client, name, bytes.length);
  if (status !== 201 || bytes.length > MAX_UPLOAD_BYTES) throw new Error(`upload: ${status}`);
  const part = await sendPart(client, address, 0, bytes);
  if (part.status !== 204) throw new Error(`upload part: ${part.status}`);
  return id;
}

/** A PDF in a network's library, put there over HTTP. @returns its number. */
export async function aDocument(client: TestClient, network: { key: string }, overrides: { title?: string; summary?: string; words?: string; name?: string } = {}): Promise<number> {
  const { words = 'Le parti convengono quanto segue.', name = 'schema.pdf', ...facts } = overrides;
  const uploadId = await anUpload(client, name, await pdfFile('Schema', [words]));
  const { status, body } = await client.post<{ number: number }>(`networks/${network.key}/documents`, { uploadId, title: 'Schema di convenzione', summary: '', licence: 'cc-by-4.0', ...facts });
  if (status !== 201) throw new Error(`document: ${status} ${JSON.stringify(body)}`);
  return body.number;
}
