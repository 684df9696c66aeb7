import { WebSocketServer } from 'ws';

/** The yardstick: what comes on the path `/from` goes to all others, by `ws` alone. */
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env['PORT']), perMessageDeflate: false });
server.on('connection', (socket, request) => {
  if (request.url !== '/from') return;
  socket.on('message', (data) => {
    for (const client of server.clients) if (client !== socket) client.send(data, { binary: true });
  });
});
