/** One line across a chart, and what it stands for. */
export interface ScaleLine {
  /** Percent of the chart's height, from the top. */
  readonly at: number;
  readonly label: string;
}

/** A round number that is not below the value, nor below `least`. */
export function roundedMaximum(value: number, least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, least)));
  const step = [1, 1.5, 2, 3, 4, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return Math.max(step * power, least);
}

/** The bottom of the latency chart, in microseconds. */
const FASTEST = 0.1;

/** How many powers of ten a logarithmic chart from a tenth of a microsecond up to the value spans. */
export function decadesUpTo(microseconds: number): number {
  return Math.max(2, Math.ceil(Math.log10(Math.max(microseconds, FASTEST) / FASTEST)));
}

/** Where a value stands on it, in percent from the top. */
export function logPosition(microseconds: number, decades: number): number {
  return 100 * (1 - Math.log10(Math.max(microseconds, FASTEST) / FASTEST) / decades);
}

/** A line for each power of ten, the bottom left out. */
export function decadeLines(decades: number): readonly ScaleLine[] {
  return Array.from({ length: decades }, (_, line) => {
    const value = FASTEST * 10 ** (line + 1);
    return { at: logPosition(value, decades), label: printDecade(value) };
  });
}

function printDecade(microseconds: number): string {
  return microseconds < 1000 ? `${Math.round(microseconds)} µs` : `${microseconds / 1000} ms`;
}

/** Writes microseconds with as many digits as matter. */
export function printMicroseconds(value: number | undefined): string {
  if (value === undefined) return '–';
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} µs`;
}
