/** The server stops when its standard input closes: also when this process is killed. */
export default async function teardown() {
  const child = globalThis.testDatabase;
  if (!child || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.end();
  await gone;
  globalThis.testDatabase = undefined;
}
