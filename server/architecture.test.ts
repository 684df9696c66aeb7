import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** The house of DESIGN.md, checked from the imports of every file. */
const ROOT = resolve(import.meta.dirname, '..');
// `search` asks all that can be found by words: each of these keeps its own statement, so it stands to their right
const FEATURES = ['territory', 'accounts', 'courses', 'learning', 'certificates', 'community', 'search', 'webinars', 'channels', 'helpdesk', 'opendata', 'statistics', 'notifications', 'privacy'];

interface Source {
  file: string;
  /** Repository paths for our own, package names for others. */
  imports: string[];
  text: string;
}

function sourcesBelow(folder: string, endings: RegExp): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/node_modules|[\\/]build[\\/]|\.svelte-kit|paraglide/.test(path))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      return { file: relative(ROOT, path).split(sep).join('/'), imports: importsOf(text, path), text };
    });
}

function importsOf(text: string, path: string): string[] {
  const found = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
  return found.map((name) => {
    if (name.startsWith('$contract')) return name.replace('$contract', 'server/contract');
    if (name.startsWith('$lib')) return name.replace('$lib', 'client/src/lib');
    return name.startsWith('.') ? relative(ROOT, resolve(dirname(path), name)).split(sep).join('/') : name;
  });
}

const server = sourcesBelow('server', /\.ts$/);
const workers = sourcesBelow('workers', /\.ts$/);
const client = sourcesBelow('client/src', /\.(ts|svelte)$/);
const migrations = sourcesBelow('migrations', /\.ts$/);
const product = [...server, ...workers].filter(({ file }) => !/\.test\.ts$|server\/testing\/|\/factory\.ts$/.test(file));

const featureOf = (path: string) => {
  const [top, folder = ''] = path.split('/');
  return top === 'server' && FEATURES.includes(folder) ? folder : undefined;
};

const breaches = (sources: Source[], forbidden: (source: Source, imported: string) => boolean) =>
  sources.flatMap((source) => source.imports.filter((imported) => forbidden(source, imported)).map((imported) => `${source.file} → ${imported}`));

describe('the house', () => {
  it('sees the imports it is about to judge', () => {
    expect(server.find(({ file }) => file === 'server/main.ts')?.imports).toContain('workers/main.ts');
    expect(product.length).toBeGreaterThan(50);
    expect(client.length).toBeGreaterThan(20);
  });

  it('lets a feature import only features to its left', () => {
    expect(breaches(product, ({ file }, imported) => {
      const [from, to] = [featureOf(file), featureOf(imported)];
      return from !== undefined && to !== undefined && FEATURES.indexOf(to) > FEATURES.indexOf(from);
    })).toEqual([]);
  });

  it('keeps the machinery ignorant of features', () => {
    const machinery = /^server\/(http|sockets|database|gateways|contract|words)\/|^server\/(jobs|events|errors|config)\.ts$/;
    expect(breaches(product, ({ file }, imported) => machinery.test(file) && featureOf(imported) !== undefined)).toEqual([]);
  });

  it('lets the contract import zod and itself alone', () => {
    expect(breaches(server.filter(({ file }) => file.startsWith('server/contract/') && !file.endsWith('.test.ts')), (_, imported) => imported !== 'zod' && !imported.startsWith('server/contract/'))).toEqual([]);
  });

  it('lets the client import nothing of the server but the contract', () => {
    expect(breaches(client, (_, imported) => /^(server|workers|migrations)\//.test(imported) && !imported.startsWith('server/contract/'))).toEqual([]);
  });

  it('keeps domain-free pieces of the client free of the domain', () => {
    expect(breaches(client.filter(({ file }) => file.startsWith('client/src/lib/ui/')), (_, imported) => /^client\/src\/(lib\/(?!ui|paraglide)[a-z]+\/|routes)/.test(imported))).toEqual([]);
  });

  it('lets migrations import nothing of ours', () => {
    expect(breaches(migrations, (_, imported) => /^(server|workers|client)\//.test(imported))).toEqual([]);
  });

  it('confines the libraries to their rooms', () => {
    expect(breaches(product, ({ file }, imported) => /^(koa|@koa\/router)$/.test(imported) && !/^server\/(http\/|app\.ts|[a-z]+\/routes\.ts)/.test(file))).toEqual([]);
    expect(breaches(product, ({ file }, imported) => imported === 'socket.io' && !/^server\/(sockets\/|[a-z]+\/live\.ts)/.test(file))).toEqual([]);
    expect(breaches(product, ({ file }, imported) => imported === 'bullmq' && !/^(server\/jobs\.ts|workers\/)/.test(file))).toEqual([]);
  });

  it('reads the environment in config.ts alone', () => {
    expect(product.filter(({ file, text }) => /process\.env/.test(text) && file !== 'server/config.ts').map(({ file }) => file)).toEqual([]);
  });

  it('opens transactions in server/database alone', () => {
    expect(product.filter(({ file, text }) => /\.transaction\(/.test(text) && !file.startsWith('server/database/')).map(({ file }) => file)).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(cycles([...product, ...client])).toEqual([]);
  });

  it('has no drawer for everything', () => {
    expect([...server, ...workers, ...client].map(({ file }) => file).filter((file) => /\/(utils?|helpers?|misc|common)\//.test(file))).toEqual([]);
  });

  it('escapes the types nowhere', () => {
    const escapes = /\bas any\b|: any\b|<any>|@ts-(ignore|nocheck|expect-error)|svelte-ignore/;
    expect([...server, ...workers, ...client, ...migrations].filter(({ file, text }) => file !== 'server/architecture.test.ts' && escapes.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

function cycles(sources: Source[]): string[] {
  const graph = new Map(sources.map(({ file, imports }) => [file, imports]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    // A component that shows itself (a tree) is no cycle
    for (const next of graph.get(file) ?? []) if (graph.has(next) && next !== file) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
