import { setTimeout as pause } from 'node:timers/promises';
import { clock } from '../../gateways/clock.ts';
import type { GrowingFile } from '../../gateways/log-disk.ts';
import { logHead, logRecord, RECORD, type RecordType } from './packet-log.ts';

/** So long a record waits at most before it is written: what a killed process loses. */
const FLUSH_MS = 250;
/** A disk that is behind by so much is too slow: 8 MB are some two minutes of a webinar. */
const MOST_WAITING = 8 * 1024 * 1024;
/** How long after a mishap the disk is tried again. */
const RETRY_MS = 2000;

interface Hooks {
  /** A new file, on the disk. */
  begin(): Promise<GrowingFile>;
  /** A file has begun: what a reader must know first is to be written now. */
  begun(): void;
  /** The disk takes no more, or does again (undefined). */
  trouble(error: unknown): void;
}

/**
 * Writes records to a log while nobody waits for it. Where the disk refuses, what comes is lost and nothing else: another file is tried every two seconds,
 * and begins with how long nothing was kept.
 */
export class LogWriter {
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  /** By the process's own clock, when the file began; undefined: there is none that takes anything. */
  private zero: number | undefined;
  private lostSince: number | undefined;
  private closed = false;
  private readonly ended: Promise<void>;

  constructor(private readonly hooks: Hooks) {
    this.ended = this.work();
  }

  /** Takes a record, or drops it where there is nothing to write to. Never waits. */
  write(type: RecordType, body: Uint8Array): void {
    if (this.zero === undefined) return;
    const parts = logRecord(type, performance.now() - this.zero, body);
    this.waiting.push(...parts);
    this.waitingBytes += parts[0].byteLength + body.byteLength;
  }

  /** Writes what waits. Resolves also where it could not. */
  async close(): Promise<void> {
    this.closed = true;
    await this.ended;
  }

  private async work(): Promise<void> {
    while (!this.closed) {
      try {
        await this.fill(await this.hooks.begin());
        return;
      } catch (error) {
        this.zero = undefined;
        this.waiting = [];
        this.waitingBytes = 0;
        // A moment that lasts is told once
        if (this.lostSince === undefined) this.hooks.trouble(error);
        this.lostSince ??= clock.now().getTime();
        for (let waited = 0; waited < RETRY_MS && !this.closed; waited += FLUSH_MS) await pause(FLUSH_MS, undefined, { ref: false });
      }
    }
  }

  private async fill(file: GrowingFile): Promise<void> {
    try {
      const now = clock.now().getTime();
      await file.append([logHead(now)]);
      this.zero = performance.now();
      if (this.lostSince !== undefined) this.write(RECORD.gap, Buffer.from(JSON.stringify({ from: this.lostSince, to: now })));
      this.hooks.begun();
      if (this.lostSince !== undefined) this.hooks.trouble(undefined);
      this.lostSince = undefined;
      for (let last = false; !last; ) {
        last = this.closed;
        if (this.waitingBytes > MOST_WAITING) throw new Error('the disk is too slow');
        const parts = this.waiting;
        this.waiting = [];
        this.waitingBytes = 0;
        if (parts.length > 0) await file.append(parts);
        for (let waited = 0; waited < FLUSH_MS && !last && !this.closed; waited += 25) await pause(25, undefined, { ref: false });
      }
      await file.append(logRecord(RECORD.close, performance.now() - this.zero, new Uint8Array()));
    } finally {
      await file.close().catch(() => undefined);
    }
  }
}
