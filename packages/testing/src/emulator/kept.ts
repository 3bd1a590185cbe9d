/** How many requests, events and anything else an emulator remembers. */
export const KEPT = 10_000;
