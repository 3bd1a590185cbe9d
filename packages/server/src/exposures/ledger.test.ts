import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExposureLedger, type Outcome } from './ledger.ts';

const HOUR = 3_600_000;
const ledger = (maxSubjects = 1000) => new ExposureLedger({ windowLength: HOUR, maxSubjects });

describe('the ledger', () => {
  it('admits a subject, flag and outcome once', () => {
    const seen = ledger();
    expect(seen.admit('ann', 'color', 'red')).toBe(true);
    expect(seen.admit('ann', 'color', 'red')).toBe(false);
    expect(seen.admit('ann', 'color', 'blue')).toBe(true);
    expect(seen.admit('ann', 'size', 'red')).toBe(true);
    expect(seen.admit('ben', 'color', 'red')).toBe(true);
    expect(seen.admit(undefined, 'color', 'red')).toBe(true);
    expect(seen.admit(undefined, 'color', 'red')).toBe(false);
  });

  it('tells apart values that look alike, and keys that every object has', () => {
    const seen = ledger();
    const outcomes: Outcome[] = [true, 'true', 1, '1', undefined, 'undefined', '', Number.NaN, 0];
    const all = () => outcomes.map((outcome) => seen.admit('ann', '__proto__', outcome));
    expect(all()).toEqual(outcomes.map(() => true));
    // NaN is not equal to itself, but it is the same outcome.
    expect(all()).toEqual(outcomes.map(() => false));
    expect(seen.admit('__proto__', 'constructor', 'x')).toBe(true);
    expect(seen.admit('__proto__', 'constructor', 'x')).toBe(false);
  });

  it('agrees with a set of triples, as long as nothing has to be forgotten', () => {
    const subject = fc.constantFrom('ann', 'ben', undefined, '');
    const flag = fc.constantFrom(...Array.from({ length: 40 }, (_, i) => `flag-${i}`));
    const outcome = fc.constantFrom<Outcome>('on', 'off', true, 1, undefined);
    fc.assert(
      fc.property(fc.array(fc.tuple(subject, flag, outcome), { maxLength: 300 }), (reads) => {
        const seen = ledger();
        const known = new Set<string>();
        for (const [who, what, how] of reads) {
          const triple = JSON.stringify([who ?? null, who === undefined, what, how ?? null]);
          expect(seen.admit(who, what, how)).toBe(!known.has(triple));
          known.add(triple);
        }
      }),
      { seed: 1, numRuns: process.env.HALYARD_SOAK === '1' ? 5000 : 100 },
    );
  });

  it('never remembers more subjects than it may', () => {
    const seen = ledger(100);
    for (let i = 0; i < 10_000; i++) {
      seen.admit(`visitor-${i % 777}`, 'color', 'red');
      expect(seen.subjects).toBeLessThanOrEqual(100);
    }
  });

  it('forgets those it has not seen for longest', () => {
    const seen = ledger(100);
    for (let i = 0; i < 1000; i++) {
      seen.admit(`visitor-${i}`, 'color', 'red');
      expect(seen.admit('regular', 'color', 'red')).toBe(i === 0);
    }
    expect(seen.admit('visitor-0', 'color', 'red')).toBe(true);
    expect(seen.admit('visitor-999', 'color', 'red')).toBe(false);
  });

  it('begins anew with each window', () => {
    const seen = ledger();
    seen.advance(5 * HOUR + 1);
    expect([seen.window, seen.windowEnd]).toEqual([5, 6 * HOUR]);
    expect(seen.admit('ann', 'color', 'red')).toBe(true);
    expect(seen.admit(undefined, 'color', 'red')).toBe(true);
    seen.advance(6 * HOUR);
    expect([seen.window, seen.windowEnd]).toEqual([6, 7 * HOUR]);
    expect(seen.admit('ann', 'color', 'red')).toBe(true);
    expect(seen.admit(undefined, 'color', 'red')).toBe(true);
  });

  it('stays bounded and goes on admitting when there are more outcomes than bits', () => {
    const seen = ledger();
    let admitted = 0;
    for (let i = 0; i < 70_000; i++) if (seen.admit('ann', 'color', i)) admitted++;
    expect(admitted).toBe(70_000);
    expect(seen.admit('ann', 'color', 69_999)).toBe(false);
    expect(seen.admit('ann', 'other', 'x')).toBe(true);
    expect(seen.admit('ann', 'other', 'x')).toBe(false);
  });
});
