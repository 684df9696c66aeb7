import type { z } from 'zod';
import type { DataExportState } from '../../contract/privacy.ts';
import { clock } from '../../gateways/clock.ts';
import { type ExportRow, nextAt } from './export.ts';

export function presentExports(newest: ExportRow | undefined): z.input<typeof DataExportState> {
  const now = clock.now();
  if (!newest || (newest.ready_at === null && newest.deleted_at !== null)) return { newest: null, nextAt: null };
  const over = newest.deleted_at !== null || (newest.expires_at !== null && newest.expires_at <= now);
  return {
    newest: { id: newest.id, requestedAt: newest.requested_at, state: newest.ready_at === null ? 'preparing' : over ? 'expired' : 'ready', bytes: newest.bytes, expiresAt: newest.expires_at },
    nextAt: nextAt(newest, now),
  };
}
