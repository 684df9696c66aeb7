import { config } from '../config.ts';
import { startFoundation, startWeb } from '../runtime.ts';

/** A web process of its own, as in production but without pages, that says where it listens: to be killed by a test. */
const foundation = await startFoundation(config.databaseUrl ?? '', 4);
const { port } = await startWeb(foundation, { host: '127.0.0.1', port: 0, pages: false, limits: false, proxies: 0 });
process.stdout.write(`LISTENING ${port}\n`);
