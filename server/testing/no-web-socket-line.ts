import { connect, createServer, type Socket } from 'node:net';

interface Line {
  port: number;
  /** What has been asked for at such an address last gets nothing more, and is not told. */
  freeze(address: RegExp): void;
  close(): void;
}

/** A line as some offices have it: everything passes but WebSockets. @param to a port of this machine. */
export async function noWebSocketLine(to: number): Promise<Line> {
  const open = new Map<Socket, { far: Socket; asked: string }>();
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
    open.set(near, { far, asked: '' });
    near.on('data', (bytes: Buffer) => {
      const [, asked] = /^GET (\S+)/.exec(bytes.toString('latin1')) ?? [];
      if (asked) open.set(near, { far, asked });
    });
    near.on('close', () => {
      open.delete(near);
      far.destroy();
    });
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    freeze(pattern) {
      for (const [near, { far, asked }] of open) if (pattern.test(asked)) far.unpipe(near).pause();
    },
    close: () => void server.close(),
  };
}
