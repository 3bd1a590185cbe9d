import { describe, expect, it } from 'vitest';
import { nextPause } from './pace.ts';

describe('the pause between attempts', () => {
  const options = { interval: 100, maxBackoff: 500 };

  it('doubles with each failure, up to the cap, whatever the chance', () => {
    const pauses = (random: number) =>
      [1, 2, 3, 4, 1000].map((failures) => nextPause(options, failures, { random }));
    expect(pauses(0)).toEqual([100, 200, 400, 500, 500]);
    expect(pauses(1)).toEqual([100, 180, 360, 450, 450]);
  });

  it('is what the backend asks for where that is more, up to the cap, after a failure only', () => {
    const pauses = (asked: number) =>
      [0, 1, 2, 3].map((failures) => nextPause(options, failures, { asked, random: 0.5 }));
    expect(pauses(0)).toEqual([100, 100, 190, 380]);
    expect(pauses(300)).toEqual([100, 300, 300, 380]);
    expect(pauses(1e12)).toEqual([100, 500, 500, 500]);
  });
});
