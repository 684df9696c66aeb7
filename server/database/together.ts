/**
 * Makes one question of all that are asked in the same turn of the event loop: under load a round trip to the database costs more than
 * what it brings. Nothing is remembered: each is answered by a query that left after it was asked.
 * @param ask answers many keys at once; what it leaves out is undefined.
 */
export function together<V>(ask: (keys: string[]) => Promise<Map<string, V>>): (key: string) => Promise<V | undefined> {
  let gathering: { keys: Set<string>; answers: Promise<Map<string, V>> } | undefined;
  return async (key) => {
    gathering ??= gather();
    gathering.keys.add(key);
    return (await gathering.answers).get(key);
  };

  function gather() {
    const keys = new Set<string>();
    const answers = new Promise<Map<string, V>>((resolve, reject) => {
      setImmediate(() => {
        gathering = undefined;
        ask([...keys]).then(resolve, reject);
      });
    });
    return { keys, answers };
  }
}
