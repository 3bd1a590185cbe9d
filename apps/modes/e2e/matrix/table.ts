import type { Cell } from './run.ts';

const COLUMNS = ['mode', 'place', 'kind', 'flag', 'reads', 'expected', 'counted'] as const;

/** The cells as a table of text, with the odd ones marked, and their number below. */
export function tableOf(cells: readonly Cell[]): string {
  const rows = cells.map((cell) => [
    ...COLUMNS.map((column) => String(cell[column])),
    verdict(cell),
  ]);
  const all = [[...COLUMNS, ''], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const equal = cells.filter(isEqual).length;
  return [...lines, `${equal} of ${cells.length} cells are equal.`].join('\n');
}

/** Whether as much was counted as had to be. */
export function isEqual({ expected, counted, problem }: Cell): boolean {
  return expected === counted && problem === undefined;
}

function verdict(cell: Cell): string {
  return isEqual(cell) ? '' : `<< ${cell.problem ?? 'differs'}`;
}
