import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { log } from '../../http/log.ts';
import { MAX_MAIL_BYTES, receiveMail } from './receive-mail.ts';
import { readReplyAddress } from './reply-address.ts';

class Refusal extends Error {
  constructor(readonly responseCode: number, message: string) {
    super(message);
  }
}

/** Listens as a mail server that knows reply addresses and nothing else. @returns the port, and what stops it. */
export async function startSmtpListener({ host, port }: { host: string; port: number }): Promise<{ port: number; close: () => Promise<void> }> {
  const server = new SMTPServer({
    // Behind the organisation's own server, which speaks TLS with the world
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], size: MAX_MAIL_BYTES, banner: 'Pi.Co.', maxClients: 50, socketTimeout: 60_000, disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      readReplyAddress(address).then((known) => done(known ? null : new Refusal(550, 'No such address')), done);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        // One more than is allowed is enough to know
        if (size <= MAX_MAIL_BYTES + chunk.length) chunks.push(chunk);
      });
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        receiveMail({ raw: Buffer.concat(chunks), from, to: rcptTo.map(({ address }) => address) }).then(
          (outcome) => {
            log.info({ outcome }, 'mail received');
            // Accepted also where it was refused: the person has been told by us
            done(null);
          },
          (error: unknown) => {
            log.error({ err: error }, 'a mail could not be taken');
            done(new Refusal(451, 'Try again later'));
          },
        );
      });
    },
  });
  server.on('error', (error) => log.warn({ err: error }, 'smtp'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return { port: (server.server.address() as AddressInfo).port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
