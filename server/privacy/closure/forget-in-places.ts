import { indexDocument } from '../../community/documents/index-document.ts';
import { searchedWords, type CleanSheet } from '../../community/practices/clean-content.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { rewritePost } from '../../community/rewrite-post.ts';
import type { Forgetter } from './forgetter.ts';
import type { Place } from './traces.ts';

type Row = Record<string, unknown>;

const AT_ONCE = 100;

/**
 * Takes a person out of the texts of one place, a hundred rows a transaction; done again it finds nothing left.
 * @param unique false where somebody else of the same name is here: then only what is hers beyond doubt forgets the name.
 */
export async function forgetInPlace(personId: string, { table, columns, where, certain = 'true', key = ['id'], afterwards }: Place, { forget: forgetAll, forgetSure, likes }: Forgetter, unique: boolean): Promise<void> {
  const text = columns.map((column) => `lower(coalesce(x.${column}::text, '')) like any(:likes)`).join(' or ');
  const keys = key.map((column) => `x.${column}`).join(', ');
  const later = `(${keys}) > (${key.map((column) => `:after_${column}`).join(', ')})`;
  for (let after: Row | undefined = {}; after !== undefined;) {
    const from: Row = after;
    after = await transaction(async (tx) => {
      await tx.raw("set local pico.forgetting = 'on'");
      const { rows } = await tx.raw<{ rows: Row[] }>(
        `select ${keys}, ${columns.map((column) => `x.${column}`).join(', ')}, coalesce((${certain}), false) as certain from ${table} x where ${Object.keys(from).length === 0 ? 'true' : later} and (${where}) and (${text}) order by ${keys} limit ${AT_ONCE} for update`,
        { ...Object.fromEntries(key.map((column) => [`after_${column}`, from[column]])), id: personId, likes });
      for (const row of rows) {
        const forget = unique || row['certain'] === true ? forgetAll : forgetSure;
        const changes = Object.fromEntries(columns.flatMap((column) => changeOf(column, row[column], forget)));
        if (Object.keys(changes).length === 0) continue;
        await tx(table).where(Object.fromEntries(key.map((column) => [column, row[column]]))).update(changes);
        if (afterwards) await AFTERWARDS[afterwards](tx, String(row['id']), forget);
      }
      return rows.length === AT_ONCE ? rows.at(-1) : undefined;
    });
  }
}

function changeOf(column: string, value: unknown, forget: Forgetter['forget']): [string, string | string[]][] {
  if (value === null || value === undefined) return [];
  if (isTexts(value)) return value.some((text) => forget(text) !== text) ? [[column, value.map(forget)]] : [];
  const before = typeof value === 'string' ? value : JSON.stringify(value);
  const after = forget(before);
  return after === before ? [] : [[column, after]];
}

/** A column of texts, which is written as such; what is not is JSON. */
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string');

const AFTERWARDS: Record<NonNullable<Place['afterwards']>, (tx: Tx, id: string, forget: Forgetter['forget']) => Promise<void>> = {
  /** A thread is found by its title in its first post. */
  async thread(tx, id, forget) {
    const first = (await tx('posts as p').join('threads as t', 't.id', 'p.thread_id').where({ 'p.thread_id': id, 'p.sequence': 1 }).first('p.id', 'p.html', 't.title')) as { id: string; html: string; title: string } | undefined;
    if (first) await rewritePost(tx, first.id, forget(first.html), first.title);
  },

  async document(tx, id) {
    const { rows } = await tx.raw<{ rows: { id: string }[] }>('select id from documents where id = :id union select document_id from document_versions where id = :id', { id });
    for (const document of rows) await indexDocument(tx, document.id);
  },

  async 'practice-version'(tx, id) {
    const sheet = (await tx('practice_versions').where({ id }).first('title', 'tags', 'content')) as CleanSheet;
    const { title, main, rest } = searchedWords(sheet);
    await tx.raw(
      `update practice_versions set search = setweight(to_tsvector('italian_plain', :title::text), 'A') || setweight(to_tsvector('italian_plain', left(:main::text, 200000)), 'B') || setweight(to_tsvector('italian_plain', :rest::text), 'C') where id = :id`,
      { title, main, rest, id });
  },
};
