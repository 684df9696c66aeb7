import autocannon from 'autocannon';

export interface Load {
  rps: number;
  p50: number;
  p99: number;
  failures: number;
  /** All that were made, the warm-up too. */
  requests: number;
  /** Processor time of the process that answered, in ms for each. */
  cpu?: number;
}

/** A steady load from this process over kept-alive connections, after a warm-up that does not count. */
export async function load(url: string, options: { connections?: number; seconds?: number; headers?: Record<string, string> } = {}): Promise<Load> {
  const { connections = 20, seconds = 8, headers = {} } = options;
  const warm = await autocannon({ url, connections, duration: 2, headers });
  const result = await autocannon({ url, connections, duration: seconds, headers });
  return { rps: result.requests.average, p50: result.latency.p50, p99: result.latency.p99, failures: result.non2xx + result.errors, requests: warm.requests.total + result.requests.total };
}

export interface Row {
  what: string;
  figures: Record<string, string | number>;
}

const table: Row[] = [];

/** Prints a row at once and keeps it for the table at the end. */
export function report(what: string, figures: Record<string, string | number>): void {
  table.push({ what, figures });
  process.stdout.write(`  ${what.padEnd(58)} ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join('   ')}\n`);
}

export const reportLoad = (what: string, { rps, p50, p99, failures, cpu }: Load): void => report(what, { 'req/s': Math.round(rps), 'p50 ms': p50, 'p99 ms': p99, ...(cpu === undefined ? {} : { 'cpu ms': Math.round(cpu * 100) / 100 }), ...(failures > 0 ? { FAILURES: failures } : {}) });

/** The middle and the 99th of a hundred. */
export function percentiles(times: number[]): { p50: number; p99: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Runs the tasks, so many at once, and times each in milliseconds. */
export async function burst(tasks: (() => Promise<void>)[], lanes: number): Promise<number[]> {
  const times: number[] = [];
  const queue = [...tasks];
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const started = performance.now();
      await task();
      times.push(performance.now() - started);
    }
  }));
  return times;
}
