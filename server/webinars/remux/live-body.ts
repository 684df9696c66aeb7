import { Readable } from 'node:stream';

/** So old is what waits for somebody who has gone without a word. */
const GONE_MS = 30_000;
/** Nobody lets so much wait. */
const MOST_WAITING_BYTES = 1024 * 1024;
/** Who reads nothing of the end has gone. */
const END_READ_WITHIN_MS = 5000;
const LOOKED_AT_MS = 1000;
/** Some proxies cut a line on which nothing has passed for 30 s, and who listens takes it for dead after ten. */
const SILENT_MS = 3000;

/** The body of an answer that goes on for as long as something happens: it knows how late its reader is, and gives up who reads no more. */
export class LiveBody {
  readonly readable = new Readable({ read: () => undefined });
  /** What has not been read yet, and since when it could be. */
  private waiting: { end: number; at: number }[] = [];
  private pushed = 0;
  private pushedAt: number;
  private isOver = false;

  /** @param now ms. @param silence what may be said between all the rest and says nothing; undefined: nothing may, now. */
  constructor(private readonly now: () => number, private readonly silence: () => Uint8Array | undefined) {
    this.pushedAt = now();
    const timer = setInterval(() => this.look(), LOOKED_AT_MS).unref();
    this.readable.once('close', () => clearInterval(timer));
  }

  /** Whether more may be said. */
  get isOpen(): boolean {
    return !this.isOver && !this.readable.destroyed;
  }

  /** After its end nothing more is said. */
  push(bytes: Uint8Array): void {
    if (!this.isOpen) return;
    const now = this.now();
    this.pushed += bytes.byteLength;
    this.pushedAt = now;
    this.waiting.push({ end: this.pushed, at: now });
    this.readable.push(bytes);
    if (this.readable.readableLength > MOST_WAITING_BYTES) this.giveUp();
  }

  /** How long the oldest has waited to be read, in ms; 0: nothing waits. */
  get lateMs(): number {
    const read = this.pushed - this.readable.readableLength;
    const first = this.waiting.findIndex(({ end }) => end > read);
    this.waiting = first === -1 ? [] : this.waiting.slice(first);
    const [oldest] = this.waiting;
    return oldest ? this.now() - oldest.at : 0;
  }

  /** What was sent still arrives, if somebody reads it. */
  finish(): void {
    if (!this.isOpen) return;
    this.isOver = true;
    this.readable.push(null);
    setTimeout(() => this.giveUp(), END_READ_WITHIN_MS).unref();
  }

  giveUp(): void {
    this.readable.destroy();
  }

  private look(): void {
    if (this.lateMs > GONE_MS) return this.giveUp();
    const silence = this.lateMs === 0 && this.now() - this.pushedAt >= SILENT_MS ? this.silence() : undefined;
    if (silence) this.push(silence);
  }
}
