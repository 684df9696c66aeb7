import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../fixtures');

/** A folder of courses made of the fixture, to be spoilt by a test. */
export interface FixtureFolder {
  root: string;
  /** Replaces a text in a file of the course; fails when it is not there, so that a test cannot spoil nothing. */
  replace(file: string, from: string, to: string): Promise<void>;
  write(file: string, content: string | Uint8Array): Promise<void>;
  remove(file: string): Promise<void>;
  /** The line of the first occurrence of a text, as the linter must tell it. */
  lineOf(file: string, text: string): Promise<number>;
  dispose(): Promise<void>;
}

/** Tests only. */
export async function fixtureFolder(): Promise<FixtureFolder> {
  const root = await mkdtemp(join(tmpdir(), 'pico-courses-'));
  await cp(FIXTURES, root, { recursive: true });
  const path = (file: string) => join(root, 'corso-di-prova', file);
  return {
    root,
    async replace(file, from, to) {
      const text = await readFile(path(file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not contain "${from}"`);
      await writeFile(path(file), text.replace(from, () => to));
    },
    async write(file, content) {
      await mkdir(dirname(path(file)), { recursive: true });
      await writeFile(path(file), content);
    },
    remove: (file) => rm(path(file)),
    async lineOf(file, text) {
      const before = (await readFile(path(file), 'utf8')).split(text)[0] ?? '';
      return before.split('\n').length;
    },
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}
