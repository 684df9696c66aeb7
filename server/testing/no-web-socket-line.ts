import { connect, createServer } from 'node:net';

/** A line as some offices have it: everything passes but WebSockets. @param to a port of this machine. */
export async function noWebSocketLine(to: number): Promise<{ port: number; close(): void }> {
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.once('data', (first: Buffer) => {
      if (/^upgrade: websocket/im.test(first.toString('latin1'))) {
        near.destroy();
        far.destroy();
        return;
      }
      far.write(first);
      near.pipe(far);
      far.pipe(near);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: () => void server.close() };
}
