import { flags } from './flags.ts';

const READS = Symbol.for('modes.reads');
const world = globalThis as { [READS]?: Map<string, number> };

/** How often each visitor's flags were read by this process's server, by `visitor flag`. */
export function reads(): Map<string, number> {
  world[READS] ??= new Map();
  return world[READS];
}

/** Begins to count reads. */
export function countReads(): void {
  flags.client.on('resolution', ({ details, targetingKey }) => {
    const key = `${targetingKey} ${details.flagKey}`;
    reads().set(key, (reads().get(key) ?? 0) + 1);
  });
}
