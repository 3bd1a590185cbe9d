import { describe, expect, it } from 'vitest';
import { holds } from './fixtures/read.ts';

const SYMBOLS = ['===', '!==', '<', '<=', '>', '>='];

/** The symbols by which something stands to a target. */
function symbolsFor(operator: string, actual: unknown, target: unknown): string {
  const holding = SYMBOLS.filter((symbol) =>
    holds({ [operator]: [{ var: 'Actual' }, symbol, target] }, { actual }),
  );
  // As a rule may compute its target, too.
  const computed = SYMBOLS.filter((symbol) =>
    holds({ [operator]: [{ var: 'Actual' }, symbol, { var: 'Target' }] }, { actual, target }),
  );
  expect(computed).toEqual(holding);
  return holding.join(' ');
}

const EQUAL = '=== <= >=';
const LESS = '!== < <=';
const MORE = '!== > >=';
const NONE = '';

describe('semver_compare', () => {
  it.each([
    ['1.10.0', '1.9.0', MORE],
    ['1.0.0-alpha', '1.0.0', LESS],
    ['1.0.0', '1.0.0-rc.1', MORE],
    ['v1.2.3', '1.2.3', EQUAL],
    ['V1.2.3', 'v1.2.3', EQUAL],
    ['1.2.0', '1.2', EQUAL],
    ['1', '1.0.0', EQUAL],
    [' 1.2.3 ', '1.2.3', EQUAL],
    ['1.2-alpha', '1.2.0-alpha', EQUAL],
    ['1+b', '1.0.0', EQUAL],
    ['1.0.0-beta.2', '1.0.0-beta.11', LESS],
    ['1.0.0-alpha.1', '1.0.0-alpha.beta', LESS],
    ['1.0.0-alpha.beta', '1.0.0-alpha.1', MORE],
    ['1.0.0-alpha', '1.0.0-alpha.1', LESS],
    ['1.0.0-a.b', '1.0.0-a.c', LESS],
    ['1.0.0+b1', '1.0.0+b2', EQUAL],
    ['1.0.0-rc+b1', '1.0.0-rc', EQUAL],
    ['1.0.0-RC1', '1.0.0-rc1', EQUAL],
    ['1.0.0--', '1.0.0--', EQUAL],
    ['0.0.0', '0.0.0-0', MORE],
    ['9007199254740993.0.0', '9007199254740992.0.0', MORE],
    ['9007199254740993.0.0', '9007199254740993', EQUAL],
    ['999999999999999.0.0', '1000000000000000.0.0', LESS],
    ['1.0.0-9007199254740993', '1.0.0-9007199254740992', MORE],
  ])('%j to %j is %s', (actual, target, expected) => {
    expect(symbolsFor('semver_compare', actual, target)).toBe(expected);
  });

  it.each([
    '1.0.0-',
    '1.0.0+',
    '1.0.0-a..b',
    '1.0.0-01',
    '1.0.0-a_b',
    '01.2.3',
    '1.02.3',
    '1.2.3.4',
    '1.2.3.',
    '1..3',
    '.1.2',
    'vv1.2.3',
    'v 1.2.3',
    'v',
    '',
    '1.2.x',
    '1,2,3',
    '-1.0.0',
    '٣.0.0',
    123,
    null,
    ['1.2.3'],
    `1.0.0-${'a'.repeat(251)}`,
    `${' '.repeat(252)}1.0.0`,
  ])('of %j holds for no symbol, to either side', (wrong) => {
    expect(symbolsFor('semver_compare', wrong, '1.2.3')).toBe(NONE);
    expect(symbolsFor('semver_compare', '1.2.3', wrong)).toBe(NONE);
  });

  it('takes texts of 256 units', () => {
    const longest = `1-${'a'.repeat(254)}`;
    expect(symbolsFor('semver_compare', longest, longest)).toBe(EQUAL);
  });
});

describe('datetime_compare', () => {
  const JULY = Date.UTC(2026, 6, 16);

  it.each([
    ['2026-07-16T00:00:00Z', JULY, EQUAL],
    ['2026-07-16T00:00:00.999Z', JULY, EQUAL],
    ['2026-07-16T00:00:00Z', JULY + 999, EQUAL],
    ['2026-07-16T00:00:01Z', JULY + 999, MORE],
    ['2026-07-16T00:00:00Z', JULY + 1000, LESS],
    ['2026-07-16T05:30:00+05:30', JULY, EQUAL],
    ['2026-07-15T18:30:00-05:30', JULY, EQUAL],
    ['2026-07-16t00:00:00z', JULY, EQUAL],
    [' 2026-07-16T00:00:00Z\n', JULY, EQUAL],
    ['1969-12-31T23:59:58.500Z', -2000, EQUAL],
    ['1969-12-31T23:59:59Z', -1500, EQUAL],
    ['1970-01-01T00:00:00Z', -999, EQUAL],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29), EQUAL],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29), EQUAL],
    ['0000-02-29T00:00:00Z', -62_162_121_600_000, EQUAL],
    ['0099-12-31T00:00:00Z', -59_011_545_600_000, EQUAL],
    ['9999-12-31T23:59:59Z', 253_402_300_799_000, EQUAL],
    ['2026-07-16T00:00:00+23:59', JULY, LESS],
    ['2026-07-16T00:00:00Z', 2 ** 62, LESS],
    ['2026-07-16T00:00:00Z', -(2 ** 62), MORE],
  ])('%j to %d is %s', (actual, target, expected) => {
    expect(symbolsFor('datetime_compare', actual, target)).toBe(expected);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-07-00T00:00:00Z',
    '2026-07-16T24:00:00Z',
    '2026-07-16T23:60:00Z',
    '2026-07-16T23:59:60Z',
    '2026-07-16T00:00:00+24:00',
    '2026-07-16T00:00:00+05:60',
    '2026-07-16T00:00:00+0530',
    '2026-07-16T00:00:00.Z',
    '2026-07-16 00:00:00Z',
    '2026-07-16',
    '2026-07-16T00:00:00',
    '+12026-07-16T00:00:00Z',
    '',
    JULY,
    null,
    ['2026-07-16T00:00:00Z'],
  ])('of %j holds for no symbol', (actual) => {
    expect(symbolsFor('datetime_compare', actual, JULY)).toBe(NONE);
  });

  it.each([String(JULY), null, true, 2 ** 63, -(2 ** 63), [JULY]])(
    'to %j holds for no symbol',
    (target) => {
      expect(symbolsFor('datetime_compare', '2026-07-16T00:00:00Z', target)).toBe(NONE);
    },
  );

  it('agrees with the language’s own calendar on days of eight centuries', () => {
    const days = Array.from(
      { length: 40 },
      (_, i) => Date.UTC(1600, 0, 1) + i * 7_301 * 86_400_000,
    );
    for (const day of days) {
      const text = new Date(day).toISOString();
      expect(symbolsFor('datetime_compare', text, day), text).toBe(EQUAL);
    }
  });

  it('reads a date that the application gives as one', () => {
    expect(symbolsFor('datetime_compare', new Date(JULY), JULY)).toBe(EQUAL);
    expect(symbolsFor('datetime_compare', new Date(Number.NaN), JULY)).toBe(NONE);
  });
});

describe.each(['semver_compare', 'datetime_compare'])('%s', (operator) => {
  const [actual, target] =
    operator === 'semver_compare' ? ['1.2.3', '1.2.3'] : ['1970-01-01T00:00:00Z', 0];

  it.each(['=', '==', '!=', '', null, 1])('knows no symbol %j', (symbol) => {
    expect(holds({ [operator]: [actual, symbol, target] })).toBe(false);
  });

  it.each([[[actual, '===']], [[actual, '===', target, target]], [[]], [actual]])(
    'takes three operands, and not %j',
    (operands) => {
      expect(holds({ [operator]: operands })).toBe(false);
      expect(holds({ [operator]: [actual, '===', target] })).toBe(true);
    },
  );
});
