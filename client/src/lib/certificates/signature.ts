import type { CertificateKeys, SignedPayload } from '$contract/certificates.ts';
import type { z } from 'zod';

export type SignatureState = 'none' | 'checking' | 'valid' | 'invalid' | 'other' | 'unsupported';

/**
 * Verifies the signed data that a QR code carries after the `#` of its address, as `docs/verifica-attestato.mjs` does.
 * @returns `other` when it is genuine but belongs to another number.
 */
export async function checkSignature(fragment: string, code: string, keys: z.output<typeof CertificateKeys>['keys']): Promise<SignatureState> {
	const [kind, keyId, payload, signature] = fragment.split('.');
	if (kind !== 'p1' || !payload || !signature) return 'none';
	const key = keys.find((candidate) => candidate.keyId === keyId);
	if (!key) return 'invalid';
	let imported: CryptoKey;
	try {
		imported = await crypto.subtle.importKey('spki', bytes(key.publicKey.replace(/-----[^-]+-----|\s/g, '')), { name: 'Ed25519' }, false, ['verify']);
	} catch {
		return 'unsupported';
	}
	try {
		const genuine = await crypto.subtle.verify({ name: 'Ed25519' }, imported, bytes(signature), new TextEncoder().encode(`${kind}.${keyId}.${payload}`));
		if (!genuine) return 'invalid';
		const facts = JSON.parse(new TextDecoder().decode(bytes(payload))) as z.output<typeof SignedPayload>;
		return facts.c === code ? 'valid' : 'other';
	} catch {
		return 'invalid';
	}
}

/** From base64 or base64url. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
	const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
	return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
