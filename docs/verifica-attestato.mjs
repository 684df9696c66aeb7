#!/usr/bin/env node
/**
 * Verifica un attestato di Pi.Co. senza rete e senza installare nulla oltre a Node.js.
 *
 *   node verifica-attestato.mjs "<testo letto dal codice QR>" chiavi.json
 *
 * Il testo è quello che un lettore di QR mostra (l'indirizzo con tutto ciò che segue il segno #). Le chiavi pubbliche si scaricano una
 * volta da <indirizzo della piattaforma>/api/v1/certificate-keys.
 * Esce con 0 se la firma è valida, con 1 se non lo è, con 2 se manca qualcosa. Una revoca si vede soltanto in rete.
 */
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @returns {{ valid: boolean, reason?: string, keyId?: string, facts?: Record<string, unknown> }} */
export function verifyCertificate(text, keys) {
  const signed = text.slice(text.indexOf('#') + 1).trim();
  const [kind, keyId, payload, signature, ...rest] = signed.split('.');
  if (kind !== 'p1' || !keyId || !payload || !signature || rest.length > 0) return { valid: false, reason: 'il testo non contiene dati firmati' };
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (!key) return { valid: false, reason: `la chiave ${keyId} non è tra quelle pubblicate`, keyId };
  const valid = verify(null, Buffer.from(`${kind}.${keyId}.${payload}`), createPublicKey(key.publicKey), Buffer.from(signature, 'base64url'));
  if (!valid) return { valid: false, reason: 'la firma non corrisponde: i dati sono stati alterati', keyId };
  const { c, n, b, t, a, m, d, r } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  return { valid: true, keyId, facts: { numero: c, nome: n, ente: b, corso: t, ambito: a, minuti: m, completato: d, risultato: r } };
}

if (process.argv[1] && import.meta.url.endsWith(encodeURI(process.argv[1].replaceAll('\\', '/').split('/').at(-1) ?? ''))) {
  const [text, file] = process.argv.slice(2);
  if (!text || !file) {
    console.error('Uso: node verifica-attestato.mjs "<testo del codice QR>" chiavi.json');
    process.exit(2);
  }
  const outcome = verifyCertificate(text, JSON.parse(readFileSync(file, 'utf8')).keys);
  if (outcome.valid) console.log('Firma valida.', outcome.facts);
  else console.error(`Firma NON valida: ${outcome.reason}.`);
  process.exit(outcome.valid ? 0 : 1);
}
