/** How long one request took. */
export interface Timing {
  readonly kind: string;
  readonly manner: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** A table: p50 and p99 of every kind and manner, and what they are as a multiple of the base's. */
export function comparisonOf(timings: readonly Timing[], base: string): string {
  const kinds = [...new Set(timings.map(({ kind }) => kind))];
  const manners = [...new Set([base, ...timings.map(({ manner }) => manner)])];
  const lines = kinds.flatMap((kind) =>
    manners.map((manner) => {
      const own = sorted(timings, kind, manner);
      const bases = sorted(timings, kind, base);
      const cells = [50, 99].map((percent) => {
        const value = percentile(own, percent);
        const ratio = value / percentile(bases, percent);
        return `p${percent} ${value.toFixed(1).padStart(7)} ms  ×${ratio.toFixed(2)}`;
      });
      return [kind.padEnd(14), manner.padEnd(8), ...cells].join('  ');
    }),
  );
  return lines.join('\n');
}

function sorted(timings: readonly Timing[], kind: string, manner: string): number[] {
  return timings
    .filter((timing) => timing.kind === kind && timing.manner === manner)
    .map(({ duration }) => duration)
    .sort((a, b) => a - b);
}

/** The nearest rank. */
function percentile(ascending: readonly number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * ascending.length);
  return ascending[Math.max(0, rank - 1)] ?? Number.NaN;
}
