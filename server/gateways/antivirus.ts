import { connect } from 'node:net';
import { config } from '../config.ts';

const TIMEOUT_MS = 120_000;

/**
 * Has a file looked at by the configured clamd: its INSTREAM command (clamd(8)), chunks with their length before them. Ours, because
 * the client on npm throws where nobody can catch it when the daemon does not answer.
 * @returns what it found, by its name; null where it found nothing, or where no antivirus is configured.
 * @throws Error while it does not answer, or answers what is no verdict.
 */
export async function scanForViruses(content: NodeJS.ReadableStream): Promise<string | null> {
  if (!config.clamd) return null;
  const verdict = await ask(config.clamd, content);
  const [, infection] = /^stream: (.+) FOUND$/.exec(verdict) ?? [];
  if (infection === undefined && verdict !== 'stream: OK') throw new Error(`The antivirus gives no verdict: ${verdict.slice(0, 200)}`);
  return infection ?? null;
}

async function ask(where: { host: string; port: number }, content: NodeJS.ReadableStream): Promise<string> {
  const socket = connect(where);
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('The antivirus does not answer')));
  const answer = new Promise<string>((resolve, reject) => {
    const said: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => said.push(chunk)).once('error', reject).once('close', () => resolve(Buffer.concat(said).toString('utf8').replace(/\0$/, '')));
  });
  // Whoever waits for it below hears of a failure
  answer.catch(() => undefined);
  const write = (bytes: Buffer): Promise<void> => new Promise((resolve) => (socket.write(bytes) || socket.destroyed ? resolve() : void socket.once('drain', resolve).once('close', resolve)));
  await write(Buffer.from('zINSTREAM\0'));
  for await (const piece of content) {
    // It may have seen enough, or be gone
    if (socket.destroyed) break;
    const chunk = Buffer.from(piece as Uint8Array);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    await write(Buffer.concat([length, chunk]));
  }
  await write(Buffer.alloc(4));
  return answer;
}
