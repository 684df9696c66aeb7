import { ensureClientBuilt } from '../client-build.ts';

process.stdout.write((await ensureClientBuilt()) ? 'The client is built.\n' : 'The client stands as built.\n');
