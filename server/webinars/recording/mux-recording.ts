import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { database } from '../../database/connection.ts';
import { transaction } from '../../database/transaction.ts';
import { clock } from '../../gateways/clock.ts';
import { files } from '../../gateways/files.ts';
import { logDisk } from '../../gateways/log-disk.ts';
import { log } from '../../http/log.ts';
import { forgetFiles } from './forget-files.ts';
import { isClosed, RECORD_HEAD_BYTES } from './packet-log.ts';
import { type FilePlan, fileOf, type Plan, planFiles } from './plan-files.ts';
import { readMedia } from './read-media.ts';
import type { Recording } from './recording.ts';
import { FileWriter } from './write-file.ts';

/** A log of a process that died has been quiet for so long. */
const QUIET_MS = 5000;
const ABANDONED_MS = 3_600_000;

interface MadeFile {
  plan: FilePlan;
  mediaType: string;
  digest: string;
  bytes: number;
}

/**
 * Makes the player's files of a recording that is not going on, of all its logs, and puts them into the storage. Made of the same logs they are not made
 * again; a log that is still being written is left for the next time. Killed, it leaves a folder that the next one removes.
 */
export async function muxRecording(webinarId: string): Promise<void> {
  const recording = (await database()('recordings').where('webinar_id', webinarId).whereNot('state', 'deleted').first()) as Recording | undefined;
  if (!recording || (await database()('recording_runs').where('webinar_id', webinarId).whereNull('stopped_at').first('id'))) return;
  const folder = join(logDisk.folder, webinarId);
  const logs = await finishedLogs(folder);
  // Logs that were used are removed after a while: then the files are what there is
  if (!logs || logs.source === recording.source || (logs.paths.length === 0 && recording.source !== null)) return;
  await removeRemains(folder);
  const making = join(folder, `making-${randomUUID()}`);
  await mkdir(making, { recursive: true });
  try {
    const origin = recording.starts_at.getTime();
    const plan = await planFiles(readMedia(logs.paths, origin));
    const made = await makeFiles(plan, logs.paths, origin, making);
    // Recorded further meanwhile: whoever ends that makes the files
    const isStill = (await finishedLogs(folder))?.source === logs.source;
    await forgetFiles(isStill ? await keep(recording, plan, made, logs.source) : made.map(({ digest }) => digest));
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** What killed predecessors left: nobody has touched it for so long. */
async function removeRemains(folder: string): Promise<void> {
  for (const name of (await readdir(folder).catch(() => [])).filter((entry) => entry.startsWith('making-'))) {
    const path = join(folder, name);
    const touched = await Promise.all([path, ...(await readdir(path).catch(() => [])).map((file) => join(path, file))].map((one) => stat(one).then(({ mtimeMs }) => mtimeMs, () => 0)));
    if (Date.now() - Math.max(0, ...touched) > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}

/** The logs of a recording in their order, if nothing is being written to any; and what they are in one word. */
async function finishedLogs(folder: string): Promise<{ paths: string[]; source: string } | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.log')).sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const facts = await logDisk.facts(join(folder, name));
    if (!facts) return undefined;
    // A room has one process, and that writes the newest
    if (name === names.at(-1) && clock.now().getTime() - facts.grewAt.getTime() < QUIET_MS && !isClosed(await logDisk.tail(join(folder, name), RECORD_HEAD_BYTES))) return undefined;
    hash.update(`${name} ${facts.bytes}\n`);
  }
  return { paths: names.map((name) => join(folder, name)), source: hash.digest('hex') };
}

async function makeFiles(plan: Plan, paths: string[], origin: number, folder: string): Promise<MadeFile[]> {
  const writers = new Map<FilePlan, FileWriter>();
  /** What one publisher sent and nothing can be made of must not cost the others their recording. */
  const attempt = async (file: FilePlan, work: () => Promise<void>): Promise<void> => {
    await work().catch(async (error: unknown) => {
      // A disk that is full has nothing to do with what was sent: tried again later
      if (isOfTheSystem(error)) throw error;
      log.error({ err: error, file: file.key }, 'a file of a recording cannot be made');
      await writers.get(file)?.cancel().catch(() => undefined);
      writers.delete(file);
    });
  };
  for (const [index, file] of plan.files.entries()) await attempt(file, async () => void writers.set(file, new FileWriter(file, folder, index)));
  for await (const packet of readMedia(paths, origin)) {
    const file = packet.what === 'packet' ? fileOf(plan, packet) : undefined;
    const writer = file && writers.get(file);
    if (packet.what === 'packet' && writer) await attempt(file, () => writer.add(packet));
  }
  const made: MadeFile[] = [];
  for (const file of plan.files) {
    const writer = writers.get(file);
    if (!writer) continue;
    await attempt(file, () => writer.finish(plan.end));
    if (writers.has(file)) made.push({ plan: file, mediaType: writer.mediaType, digest: await files.keep(writer.path), bytes: (await stat(writer.path)).size });
  }
  return made;
}

const isOfTheSystem = (error: unknown): boolean => error instanceof Error && 'code' in error;

/** @returns what the storage has and nobody needs: the files before these, or these. */
function keep({ webinar_id }: Recording, plan: Plan, made: MadeFile[], source: string): Promise<string[]> {
  return transaction(async (tx) => {
    const recording = (await tx('recordings').where('webinar_id', webinar_id).forUpdate().first('state', 'source')) as Pick<Recording, 'state' | 'source'>;
    const isOn = await tx('recording_runs').where('webinar_id', webinar_id).whereNull('stopped_at').first('id');
    // Deleted meanwhile, going on again, or made by another worker
    if (recording.state === 'deleted' || recording.source === source || isOn) return made.map(({ digest }) => digest);
    const before = (await tx('recording_files').where('webinar_id', webinar_id).delete().returning('digest')) as { digest: string }[];
    if (made.length > 0) await tx('recording_files').insert(made.map(({ plan: { kind, personId, still, seen, heard }, mediaType, digest, bytes }, position) => ({
      webinar_id, kind, person_id: personId, position, media_type: mediaType, digest, bytes, duration_ms: Math.round(plan.end / 1000), width: still?.config.codedWidth ?? null, height: still?.config.codedHeight ?? null,
      seen: JSON.stringify(seen), heard: JSON.stringify(heard),
    })));
    await tx('recordings').where('webinar_id', webinar_id).update({ state: made.length > 0 ? 'ready' : 'empty', duration_ms: Math.round(plan.end / 1000), gaps: JSON.stringify(plan.gaps), source, ready_at: clock.now() });
    return before.map(({ digest }) => digest);
  });
}
