import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compileRegex } from './compile.ts';
import { nativeMatcher } from './native.ts';

describe('compiling a regular expression', () => {
  it('never throws, whatever the pattern and the subject', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'(?:<=!P>)[]{}0,1\\*+|^$.ab-#') }),
    );
    const dialect = fc.constantFrom('python' as const, 'javascript' as const);
    fc.assert(
      fc.property(text, text, dialect, fc.boolean(), (pattern, subject, name, ignoreCase) => {
        const regex = compileRegex(pattern, { dialect: name, ignoreCase });
        if (regex.kind === 'invalid') {
          expect(regex.message).toMatch(/at position \d+$/);
          return;
        }
        const whole = regex.matchesWhole(subject);
        expect(regex.matchesAt0(subject) || !whole).toBe(true);
        expect(regex.search(subject) || !regex.matchesAt0(subject)).toBe(true);
      }),
      { seed: 20_261_126, numRuns: process.env.HALYARD_SOAK === '1' ? 200_000 : 3_000 },
    );
  });

  it('keeps no state between calls', () => {
    const regex = compileRegex('a', { dialect: 'python' });
    if (regex.kind === 'invalid') throw new Error(regex.message);
    expect([1, 2, 3].map(() => regex.matchesAt0('ab'))).toEqual([true, true, true]);
    expect([1, 2, 3].map(() => regex.search('ba'))).toEqual([true, true, true]);
  });
});

describe('asking the native engine', () => {
  const options = (source: string, longest: number) => ({
    pattern: { source, flags: '' },
    reach: { anchored: longest, search: longest },
  });

  it('is left to subjects within its reach', () => {
    const otherwise = vi.fn(() => false);
    const matches = nativeMatcher(options('a', 3), 'anywhere', otherwise);
    expect(matches('bba')).toBe(true);
    expect(otherwise).not.toHaveBeenCalled();
    expect(matches('bbba')).toBe(false);
    expect(otherwise).toHaveBeenCalledExactlyOnceWith('bbba');
  });

  it('is given up for good when the engine finds the pattern too big', () => {
    const tooBig = '(?:ab){2,900}'.repeat(30_000);
    const otherwise = vi.fn(() => true);
    const matches = nativeMatcher(options(tooBig, 1000), 'anywhere', otherwise);
    expect(() => new RegExp(tooBig).test('x')).toThrow(/Stack overflow|too (big|large)/);
    expect(matches('x'.repeat(1000))).toBe(true);
    expect(matches('x')).toBe(true);
    expect(otherwise).toHaveBeenCalledTimes(2);
  });
});
