/** Does one thing after the other. Made by {@link createTurns}. */
export type InTurn<T> = (run: () => Promise<T>) => Promise<T>;

/**
 * Makes what does one thing after the other. One behind which another was asked for before its turn came
 * is left out, and comes to what the later one comes to.
 */
export function createTurns<T>(): InTurn<T> {
  let count = 0;
  let free: Promise<unknown> = Promise.resolve();
  let last: Promise<T>;
  return (run) => {
    const own = ++count;
    const done = free.then(async () => (own === count ? { value: await run() } : undefined));
    free = done.catch(() => {
      // Whoever asked for it is told; the next one has its turn all the same.
    });
    last = done.then((outcome) => (outcome === undefined ? last : outcome.value));
    return last;
  };
}
