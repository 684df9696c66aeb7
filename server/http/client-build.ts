import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const ROOT = join(import.meta.dirname, '../..');
const CLIENT = join(ROOT, 'client');
const STAMP = join(CLIENT, 'build/.sources');
/** What the built client is made of; anything else may change without a new build. */
const SOURCES = ['client/src', 'client/messages', 'client/static', 'client/project.inlang/settings.json', 'client/svelte.config.js', 'client/vite.config.ts', 'client/tsconfig.json', 'client/package.json', 'server/contract', 'package-lock.json'];

/** Builds the client unless the one that stands was built from these very sources. @returns whether it built. */
export async function ensureClientBuilt(): Promise<boolean> {
  const digest = await digestOf(SOURCES);
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === digest) return false;
  await new Promise<void>((resolve, reject) => {
    // A build makes much that dies soon: a roomy young generation spares it a tenth of its time
    const child = spawn(process.execPath, ['--max-semi-space-size=64', join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: CLIENT, stdio: ['ignore', 'pipe', 'pipe'] });
    // What the builder says matters only when it fails
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The client does not build (exit ${code}):\n${Buffer.concat(said).toString()}`))));
  });
  await compress(join(CLIENT, 'build/client'));
  await writeFile(STAMP, digest);
  return true;
}

/** One step below the densest: a few hundredths larger, and made in a fraction of the time. */
const QUALITY = 9;

/** What is text is kept compressed beside itself, for browsers to take as it is. */
async function compress(folder: string): Promise<void> {
  const texts = (await filesBelow(folder)).filter((file) => /\.(m?js|css|html|json|svg|txt|xml|wasm)$/.test(file));
  await Promise.all(texts.map(async (file) => {
    const bytes = await readFile(file);
    const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }), promisify(gzip)(bytes, { level: QUALITY })]);
    await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
  }));
}

async function digestOf(sources: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) for (const file of await filesBelow(join(ROOT, source))) hash.update(file.slice(ROOT.length)).update(await readFile(file));
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (!entries) return readFile(path).then(() => [path], () => []);
  const skip = /[\\/](paraglide|cache)([\\/]|$)/;
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((file) => !skip.test(file)).sort();
}
