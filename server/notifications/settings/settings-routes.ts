import { NotificationSettings } from '../../contract/notifications.ts';
import { transaction } from '../../database/transaction.ts';
import { signedIn } from '../../http/access.ts';
import { addMessages } from '../../http/messages.ts';
import { routesOf } from '../../http/route.ts';
import { changeSettings, settingsOf } from './settings.ts';

const { route, routes } = routesOf('notifications');

addMessages({
  'bad-hour': { it: 'Indica un’ora, per esempio 18:30.', en: 'Give a time, for example 18:30.' },
  'quiet-empty': { it: 'L’inizio e la fine delle ore di silenzio devono essere diversi.', en: 'The beginning and the end of the quiet hours must differ.' },
});

route({
  method: 'get', path: '/notification-settings', summary: 'By which way my notices come, and when not', access: signedIn, response: NotificationSettings,
  handle: ({ actor }) => transaction((tx) => settingsOf(tx, actor.id)),
});

route({
  method: 'put', path: '/notification-settings', summary: 'Decide by which way my notices come, and when not', access: signedIn, body: NotificationSettings, response: NotificationSettings, limit: { points: 60, seconds: 300 },
  async handle({ actor, body }) {
    await changeSettings(actor.id, body);
    return body;
  },
});

export const settingsRoutes = routes;
