import { report } from './measure.ts';
import { openStage, startProcess } from './stage.ts';
import { fanOut } from './live/fan-out.ts';
import { prepareRoom } from './live/room.ts';
import { slowViewers } from './live/slow-viewers.ts';
import { comingBack, talkOf } from './live/talk.ts';

/**
 * `npm run bench:live`: viewers of one room at 75 messages and 530 kbit/s each, beside the same bytes through bare `ws`; its chat; all who come back at once;
 * slow viewers beside fast ones. `VIEWERS=500,1000` chooses how many, `SECONDS` how long. The crowd is a process of its own on the same machine. Nothing here
 * passes or fails: it prints.
 */
const WEB = 3931;
const COUNTS = (process.env['VIEWERS'] ?? '500,1000,1500').split(',').filter(Boolean).map(Number);
const SECONDS = Number(process.env['SECONDS'] ?? 15);
const PARTS = (process.env['PARTS'] ?? 'viewers,chat,back,slow').split(',');
const IN_CHAT = 1000;
const COMING_BACK = 500;

const stage = await openStage();
const open = () => startProcess('server/main.ts', stage, WEB, { PROCESS: 'web' });
try {
  let web = await open();
  const room = await prepareRoom(stage, Math.max(IN_CHAT, ...COUNTS));
  /** Each in a process that has done nothing else yet. */
  const part = async (work: () => Promise<void>): Promise<void> => {
    await web.untilIdle();
    await work();
    report('memory of the web process, peak', { MB: await web.peakMemory() });
    await web.stop();
    web = await open();
  };
  process.stdout.write('\nOne live room: 75 messages/s and 530 kbit/s to each viewer (to reach: 1,500 viewers with p95 of 20 ms, and 80 % of bare ws)\n');
  for (const viewers of PARTS.includes('viewers') ? COUNTS : []) await part(() => fanOut(stage, web, room, viewers, SECONDS));
  if (PARTS.includes('chat')) await part(() => talkOf(web, room, IN_CHAT, SECONDS));
  if (PARTS.includes('back')) await part(() => comingBack(web, room, COMING_BACK));
  if (PARTS.includes('slow')) {
    process.stdout.write('Slow viewers beside fast ones (to reach: p95 500 ms, sound 99 %, 8 small pictures/s; with packets late, p95 800 ms)\n');
    await part(() => slowViewers(web, room, SECONDS * 2));
  }
  await web.stop();
} finally {
  await stage.close();
}
process.exit(0);
