/** A round number that is not below the value, nor below `least`. */
export function roundedMaximum(value: number, least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, least)));
  const step = [1, 1.5, 2, 3, 4, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return Math.max(step * power, least);
}

/** Writes microseconds with as many digits as matter. */
export function printMicroseconds(value: number | undefined): string {
  if (value === undefined) return '–';
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} µs`;
}
