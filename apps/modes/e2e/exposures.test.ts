import { beforeAll, describe, expect, it } from 'vitest';
import { MODES } from './harness/modes.ts';
import { type Cell, journeysOf, runMode } from './matrix/run.ts';
import { tableOf } from './matrix/table.ts';

describe.each(MODES)('in mode %s', (mode) => {
  let cells: readonly Cell[] = [];
  beforeAll(async () => {
    cells = await runMode(mode);
    console.log(tableOf(cells));
  }, 300_000);

  it.each(journeysOf(mode).map(({ place, kind, expected }) => [place, kind, expected] as const))(
    '%s: %s',
    (place, kind, expected) => {
      const mine = cells.filter((cell) => cell.place === place && cell.kind === kind);
      expect(mine.flatMap(({ problem }) => problem ?? [])).toEqual([]);
      expect(Object.fromEntries(mine.map(({ flag, counted }) => [flag, counted]))).toEqual(
        expected,
      );
    },
  );

  it('the build itself counts nothing', () => {
    expect(cells.find(({ kind }) => kind === 'build')).toMatchObject({ counted: 0 });
  });
});
