#!/usr/bin/env node
/**
 * Verifica un attestato di Pi.Co. senza rete e senza installare nulla oltre a Node.js.
 *
 *   node verifica-attestato.mjs "<testo letto dal codice QR>" chiavi.json
 *
 * Il testo è quello che un lettore di QR mostra (l'indirizzo con tutto ciò che segue il segno #). Le chiavi pubbliche si scaricano una
 * volta da <indirizzo della piattaforma>/api/v1/certificate-keys.
 * Esce con 0 se la firma è valida, con 1 se non lo è, con 2 se manca qualcosa. La firma dice che l'attestato è stato rilasciato con
 * questi dati; se sia stato poi revocato si vede soltanto in rete, nella pagina di verifica.
 */
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

/** Le chiavi scritte nel file, così come la piattaforma le pubblica. */
function readKeys(file) {
  const { keys } = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(keys)) throw new Error('il file non contiene chiavi');
  return keys;
}

function main([text, file]) {
  if (!text || !file) {
    console.error('Uso: node verifica-attestato.mjs "<testo del codice QR>" chiavi.json');
    return 2;
  }
  let keys;
  try {
    keys = readKeys(file);
  } catch (error) {
    console.error(`Non riesco a leggere le chiavi da ${file}: ${error.message}`);
    return 2;
  }
  const outcome = verifyCertificate(text, keys);
  if (!outcome.valid) {
    console.error(`Firma NON valida: ${outcome.reason}.`);
    return 1;
  }
  console.log('Firma valida.');
  for (const [label, value] of Object.entries(outcome.facts)) if (value !== null) console.log(`  ${label}: ${value}`);
  return 0;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
