import { describe, expect, it } from 'vitest';
import { exampleOf, read } from './fixtures/build.ts';

type Row = readonly [trait: unknown, operand: string | null, expected: boolean];

/** Whether a condition on the trait `t` holds; null stands for no trait. */
function holds(operator: string, trait: unknown, operand: string | null): boolean {
  const { document } = exampleOf({ operator, operand });
  return (
    read(document, 'f1', { targetingKey: 'jane', traits: { t: trait } as never }).enabled === true
  );
}

/** One table for one operator. */
function table(operator: string, rows: readonly Row[]): void {
  it.each(rows)(`${operator}: %j against %j is %j`, (trait, operand, expected) => {
    expect(holds(operator, trait, operand)).toBe(expected);
  });
}

describe('a trait that is missing', () => {
  const operators = ['EQUAL', 'NOT_EQUAL', 'GREATER_THAN', 'GREATER_THAN_INCLUSIVE', 'LESS_THAN'];
  const others = ['LESS_THAN_INCLUSIVE', 'CONTAINS', 'NOT_CONTAINS', 'REGEX', 'MODULO', 'IN'];

  it.each([...operators, ...others, 'PERCENTAGE_SPLIT', 'IS_SET'])(
    'satisfies no %s',
    (operator) => {
      for (const operand of ['', 'None', 'null', '100', '2|0', '.*', null]) {
        expect(holds(operator, null, operand)).toBe(false);
      }
    },
  );
});

describe('an operator that nobody knows', () => {
  it.each(['NONSENSE', 'equal', '', 'constructor', '__proto__', 'toString'])(
    'holds for nobody: %j',
    (operator) => {
      for (const trait of [null, '', 'a', 1, true]) expect(holds(operator, trait, 'a')).toBe(false);
    },
  );
});

table('IS_SET', [
  ['', null, true],
  [false, null, true],
  [0, 'whatever', true],
  [null, null, false],
  [{ value: null }, null, false],
  [{ value: false }, null, true],
]);

table('IS_NOT_SET', [
  ['', null, false],
  [false, null, false],
  [null, null, true],
  [{ value: null }, null, true],
]);

table('EQUAL', [
  // Booleans: everything is true but `False` and `false`.
  [true, '1', true],
  [true, 'anything', true],
  [true, null, true],
  [true, 'False', false],
  [true, 'false', false],
  [true, '1.2.3:semver', true],
  [false, 'False', true],
  [false, 'false', true],
  [false, '0', false],
  [false, 'FALSE', false],
  // Texts that look like integers.
  ['01', '1', true],
  ['1', '01', true],
  ['5', ' 5 ', true],
  ['5', '+5', true],
  ['-0', '0', true],
  ['1000', '1_000', true],
  ['1000', '1__000', false],
  ['5', '5.0', false],
  ['5', 'abc', false],
  ['5', null, false],
  ['123456789012345678901234567890', '123456789012345678901234567890', true],
  ['123456789012345678901234567890', '123456789012345678901234567891', false],
  // Texts that look like decimals.
  ['1.0', '1', true],
  ['1.50', '1.5', true],
  ['1.0', '1e0', true],
  ['0.1', '.1', true],
  ['5.0', '5.', true],
  ['1.0', 'nan', false],
  ['1.2', '1.2:semver', false],
  // Numbers.
  [1, '1', true],
  [2, '2.0', true],
  [1000, '1e3', true],
  [1000, '1_000.0', true],
  [0, '-0', true],
  [1.5, '1.5', true],
  [5, '5abc', false],
  [5, '', false],
  [5, null, false],
  [5, '5:semver', false],
  [{ value: 5, transient: true }, '5', true],
  // Texts.
  ['pro', 'pro', true],
  ['Pro', 'pro', false],
  ['', '', true],
  ['\u00e9', 'e\u0301', false],
  ['1\n', '1', false],
  [' 1', '1', false],
  [' 1', ' 1', true],
  ['+1', '1', false],
  ['1e3', '1000', false],
  ['1.', '1', false],
  ['.5', '0.5', false],
  ['１', '1', false],
  ['inf', 'Infinity', false],
  ['None', null, true],
  ['null', null, false],
  ['true', 'True', false],
  // Versions.
  ['1.2.3', '1.2.3:semver', true],
  ['1.2.3+a', '1.2.3+b:semver', true],
  ['v1.2.3', '1.2.3:semver', false],
  ['1.2.3', 'v1.2.3:semver', false],
  ['1.2.3 ', '1.2.3:semver', false],
  ['01.2.3', '1.2.3:semver', false],
  ['1.2.3', '1.2.3', true],
  ['1.2.3+a', '1.2.3+b', false],
]);

table('NOT_EQUAL', [
  [5, '6', true],
  [5, '5', false],
  [5, 'abc', false],
  [5, null, false],
  ['5', '6', true],
  ['5', 'abc', false],
  ['5', '5.5', false],
  ['1', 'nan', false],
  ['1.0', 'nan', true],
  [1, 'NaN', true],
  [true, 'false', true],
  [true, 'x', false],
  [false, 'x', true],
  ['a', 'b', true],
  ['a', 'a', false],
  ['a', null, true],
  ['None', null, false],
  ['x', '1.2.3:semver', false],
  ['1.2.3', 'x:semver', false],
  ['1.2.3', '1.2.4:semver', true],
  ['1.2.3+a', '1.2.3+b:semver', false],
  [true, '1.2.3:semver', false],
  [5, '1.2.3:semver', false],
]);

table('GREATER_THAN', [
  ['10', '9', true],
  ['5', '4.5', false],
  ['5.0', '4.5', true],
  [2, '1.5', true],
  [5, '5', false],
  [1, '-inf', true],
  [1, 'nan', false],
  ['9007199254740993', '9007199254740992', true],
  ['b', 'a', true],
  ['Z', 'a', false],
  ['a', 'a', false],
  ['ab', 'a', true],
  ['😀', '\ufffd', true],
  [true, 'false', true],
  [true, 'true', false],
  [false, 'false', false],
  ['10.0.0', '9.0.0:semver', true],
  ['10.0.0', '9.0.0', false],
  ['1.0.0', '1.0.0-rc.1:semver', true],
  ['x', '1.0.0:semver', false],
]);

table('GREATER_THAN_INCLUSIVE', [
  ['9', '9', true],
  ['9', '09', true],
  ['9', '10', false],
  [4.5, '4.5', true],
  [4.4, '4.5', false],
  ['a', 'a', true],
  ['a', 'b', false],
  [true, 'true', true],
  [false, 'true', false],
  ['1.0.0+a', '1.0.0:semver', true],
  ['1.0', 'nan', false],
]);

table('LESS_THAN', [
  [2, '2.1', true],
  ['2', '2.1', false],
  ['2.0', '2.1', true],
  [-1, '0', true],
  ['-5', '-4', true],
  ['-4', '-5', false],
  ['9007199254740992', '9007199254740993', true],
  [1, 'Infinity', true],
  [1, 'inf', true],
  [1, 'nan', false],
  ['a', 'b', true],
  ['\ufffd', '😀', true],
  [false, 'true', true],
  [true, 'true', false],
  ['1.2.3-alpha.2', '1.2.3-alpha.10:semver', true],
  ['1.2.3-alpha.2', '1.2.3-alpha.10', false],
  ['v1.0.0', '2.0.0:semver', false],
]);

table('LESS_THAN_INCLUSIVE', [
  ['9', '9', true],
  ['10', '9', false],
  ['2.10', '2.1', true],
  ['a', 'a', true],
  ['b', 'a', false],
  [false, 'false', true],
  ['2.0.0', '2.0.0+b7:semver', true],
  [5, 'abc', false],
]);

table('MODULO', [
  [4, '2|0', true],
  [5, '2|0', false],
  ['4', '2|0', true],
  ['4.5', '1.5|0', true],
  [4.5, '2|0.5', true],
  [-1, '2|1', true],
  [-5, '3|1', true],
  [5, '-3|-1', true],
  [-4, '2|0', true],
  [4, ' 2 | 0 ', true],
  [4, '2e0|0', true],
  [true, '2|1', true],
  [false, '2|0', true],
  [4, '0|0', false],
  [4, '2|', false],
  [4, '|0', false],
  [4, '2', false],
  [4, '', false],
  [4, null, false],
  [4, 'a|b', false],
  [4, '2|0|1', false],
  [4, '2|0x', false],
  ['5abc', '2|1', false],
  ['+4', '2|0', false],
  ['', '2|0', false],
]);
