import type { NotificationSettings } from '../../contract/notifications.ts';
import { transaction, type Tx } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';

/** Until she says otherwise: every notice by mail at once, what she could answer once a week. */
export const DEFAULT_SETTINGS: NotificationSettings = {
  ways: { mention: 'now', reply: 'now', thread: 'now', solution: 'now', message: 'now', suggestion: 'weekly' }, quiet: null, quietWeekends: false, mails: true,
};

export interface SettingsRow {
  ways: Partial<NotificationSettings['ways']>;
  quiet_from: string | null;
  quiet_until: string | null;
  quiet_weekends: boolean;
  mails: boolean;
}

/** A person's settings, as they stand in the transaction. */
export async function settingsOf(tx: Tx, personId: string): Promise<NotificationSettings> {
  const row = (await tx('notification_settings').where('person_id', personId).first()) as SettingsRow | undefined;
  return row ? fromRow(row) : DEFAULT_SETTINGS;
}

function fromRow({ ways, quiet_from, quiet_until, quiet_weekends, mails }: SettingsRow): NotificationSettings {
  return {
    ways: { ...DEFAULT_SETTINGS.ways, ...ways },
    quiet: quiet_from !== null && quiet_until !== null ? { from: quiet_from.slice(0, 5), until: quiet_until.slice(0, 5) } : null,
    quietWeekends: quiet_weekends,
    mails,
  };
}

/** She decides by which way notices come, and when not. */
export async function changeSettings(personId: string, settings: NotificationSettings): Promise<void> {
  const { ways, quiet, quietWeekends, mails } = settings;
  await transaction((tx) => tx('notification_settings')
    .insert({ person_id: personId, ways: JSON.stringify(ways), quiet_from: quiet?.from ?? null, quiet_until: quiet?.until ?? null, quiet_weekends: quietWeekends, mails, changed_at: clock.now() })
    .onConflict('person_id').merge());
}

/** No mail of the community any more, however ways are set. */
export async function stopMails(tx: Tx, personId: string): Promise<void> {
  await tx('notification_settings').insert({ person_id: personId, mails: false, changed_at: clock.now() }).onConflict('person_id').merge(['mails', 'changed_at']);
}
