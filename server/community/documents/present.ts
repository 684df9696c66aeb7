import type { z } from 'zod';
import type { DocumentCard, DocumentHit, DocumentVersion, DocumentView } from '../../contract/documents.ts';
import type { Actor } from '../../http/actor.ts';
import { partsOf } from '../../words/excerpt.ts';
import { authorOf } from '../present.ts';
import type { DocumentHead, VersionRow } from './find-document.ts';
import { presentFile } from './kinds.ts';
import type { CardRow } from './list-documents.ts';
import { mayKeep } from './policy.ts';
import type { DocumentHitRow } from './search-documents.ts';

export const presentDocument = (row: CardRow): z.input<typeof DocumentCard> => ({
  number: row.number, title: row.title, summary: row.summary, licence: row.licence, author: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), createdAt: row.created_at, changedAt: row.changed_at,
  network: { key: row.network_key, name: row.network_name }, file: presentFile(row), downloads: row.downloads,
});

const presentDocumentVersion = (row: VersionRow): z.input<typeof DocumentVersion> => ({
  ...presentFile(row), note: row.note, author: authorOf(row.author_id, row.author_name, row.author_body, row.author_kind), createdAt: row.created_at, downloads: row.downloads,
});

export function presentDocumentView(row: DocumentHead, versions: VersionRow[], threads: { number: number; title: string; sequence: number }[], actor: Actor | null): z.input<typeof DocumentView> {
  const keeps = mayKeep(actor, row, row, row);
  return { ...presentDocument(row), versions: versions.map(presentDocumentVersion), threads, abilities: { change: keeps, addVersion: keeps, remove: keeps } };
}

export const presentDocumentHit = (row: DocumentHitRow): z.input<typeof DocumentHit> => ({ ...presentDocument(row), excerpt: partsOf(row.excerpt) });
