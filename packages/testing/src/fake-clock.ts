/** A clock that stands still until it is told to move. */
export interface FakeClock {
  /** Unix milliseconds. Needs no receiver, so `clock: clock.now` works. */
  readonly now: () => number;
  /** Moves on by a number of milliseconds; a negative number moves back, as system clocks do. */
  readonly advance: (ms: number) => void;
}

/** A clock for tests. `start` is in Unix milliseconds, default 2026-01-01T00:00:00Z. */
export function fakeClock(start: number = Date.UTC(2026, 0, 1)): FakeClock {
  let time = start;
  return {
    now: () => time,
    advance: (ms) => {
      time += ms;
    },
  };
}
