import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { SignedPayload } from '../contract/certificates.ts';
import { database } from '../database/connection.ts';

const PURPOSE = 'certificates';

interface KeyRow {
  purpose: string;
  key_id: string;
  public_key: string;
  private_key: string;
  created_at: Date;
  retired_at: Date | null;
}

export interface SigningKey {
  keyId: string;
  privateKey: KeyObject;
}

/** The installation's Ed25519 key, made at first need. Two processes that need it at once get the same. */
export async function currentKey(): Promise<SigningKey> {
  const find = () => database()<KeyRow>('installation_keys').where('purpose', PURPOSE).whereNull('retired_at').first();
  const row = (await find()) ?? (await createKey().then(find));
  if (!row) throw new Error('There is no key to sign certificates with');
  return { keyId: row.key_id, privateKey: createPrivateKey(row.private_key) };
}

async function createKey(): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  await database().raw(
    'insert into installation_keys (purpose, key_id, public_key, private_key) values (?, ?, ?, ?) on conflict do nothing',
    [PURPOSE, createHash('sha256').update(spki).digest('base64url').slice(0, 8), publicKey.export({ type: 'spki', format: 'pem' }), privateKey.export({ type: 'pkcs8', format: 'pem' })],
  );
}

/** Every key that has ever signed, newest first: old certificates stay verifiable. */
export async function publishedKeys(): Promise<{ keyId: string; publicKey: string; createdAt: Date; retiredAt: Date | null }[]> {
  await currentKey();
  const rows = await database()<KeyRow>('installation_keys').where('purpose', PURPOSE).orderBy('created_at', 'desc');
  return rows.map((row) => ({ keyId: row.key_id, publicKey: createPublicKey(row.public_key).export({ type: 'spki', format: 'pem' }).toString(), createdAt: row.created_at, retiredAt: row.retired_at }));
}

/** `p1.<key id>.<payload>.<signature>`, each part base64url; the signature covers all before its dot. `docs/verifica-attestato.mjs` reads it. */
export function signPayload(key: SigningKey, payload: SignedPayload): string {
  const signed = `p1.${key.keyId}.${Buffer.from(JSON.stringify(SignedPayload.parse(payload))).toString('base64url')}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`;
}
