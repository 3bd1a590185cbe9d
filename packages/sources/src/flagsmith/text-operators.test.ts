import { describe, expect, it } from 'vitest';
import { exampleOf, read } from './fixtures/build.ts';
import { evaluateContext } from './index.ts';

type Row = readonly [trait: unknown, operand: string | null, expected: boolean];

/** Whether a condition on the trait `t` holds. */
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

table('CONTAINS', [
  ['pro user', 'user', true],
  ['pro user', 'User', false],
  ['a', '', true],
  ['', '', true],
  ['', 'a', false],
  ['10', '1', false],
  ['1.0', '.', false],
  [10, '1', false],
  [true, 'r', false],
  ['aNone', null, true],
  ['null', null, false],
  ['1.2.3-beta', 'beta:semver', true],
  ['1.2.3-beta', 'bet:semver', false],
  ['1.2.3+b7', 'b7:semver', true],
  ['1.2.3-beta.1+b7', 'beta.1:semver', true],
  ['1.2.3-beta.1+b7', 'b7:semver', true],
  ['1.2.3-beta.1+b7', 'beta.1+b7:semver', false],
  ['1.2.3-a-b', 'a-b:semver', true],
  ['1.2.3', '1.2.3:semver', false],
  ['1.2.3', ':semver', false],
  ['x-beta', 'beta:semver', false],
]);

table('NOT_CONTAINS', [
  ['a', 'b', true],
  ['ab', 'b', false],
  ['a', '', false],
  ['', 'a', true],
  ['10', '7', false],
  [5, '7', false],
  [true, '7', false],
  ['a', null, true],
  ['aNone', null, false],
  ['1.2.3', '1.2.3:semver', true],
  ['1.2.3-beta', 'beta:semver', true],
]);

table('REGEX', [
  ['abcx', 'abc', true],
  ['xabc', 'abc', false],
  ['xabc', '.*abc', true],
  ['b', 'a|b', true],
  ['xb', '^a|b', false],
  ['a', '', true],
  ['', '', true],
  ['', '.', false],
  ['007', '^7$', true],
  ['007', '^007$', false],
  ['1.0', '^1\\.0$', true],
  ['1.50', '^1\\.5$', true],
  [1, '^1$', true],
  [1.5, '^1\\.5$', true],
  [1e-7, '^1e-07$', true],
  [true, 'True', true],
  [true, 'true', false],
  [false, 'False', true],
  ['a', '(', false],
  ['a', '*', false],
  ['a', null, false],
  ['pro', '(?i)PRO', true],
  ['pro', 'PRO', false],
  ['pro\n', '^pro$', true],
  ['pro\n\n', '^pro$', false],
  ['pro\n', 'pro\\Z', false],
  ['pro', '\\Apro\\Z', true],
  ['aa', '(?P<n>a)(?P=n)', true],
  ['ab', '(?P<n>a)(?P=n)', false],
  ['user-17', 'user-\\d+$', true],
  ['user-x', 'user-\\d+$', false],
]);

table('IN', [
  ['a', 'b,a', true],
  ['a', 'b, a', false],
  [' a', 'b, a', true],
  ['a', 'A', false],
  ['', '', true],
  ['', 'a,', true],
  ['a', '', false],
  ['a', null, false],
  [0, '0', true],
  [1, '1,2', true],
  [-1, '-1', true],
  ['1', '1', true],
  ['01', '01', false],
  ['01', '1', true],
  ['123456789012345678901234567890', '123456789012345678901234567890', true],
  ['1.5', '1.5', false],
  [1.5, '1.5', false],
  [1e20, '100000000000000000000', true],
  [1e21, '1e+21', false],
  [true, 'True', false],
  [true, 'true', false],
  ['True', '[true]', true],
  ['None', '[null]', true],
  ['a', '["b","a"]', true],
  ['a', '["b", "a" ]', true],
  ['a,b', '["a,b"]', true],
  [1, '[1,2]', true],
  [1, '["1"]', true],
  ['1.5', '[1.5]', false],
  ['', '[]', false],
  ['[a', '[a,b', true],
  ['b', '[a,b', true],
  ['b]', '[a,b]', true],
  ['{"a":1}', '{"a":1}', true],
  ['"a"', '"a"', true],
  ['a', ' ["a"]', false],
]);

describe('IN by the engine’s own interface', () => {
  it.each([
    ['a', ['b', 'a'], true],
    ['a', ['A'], false],
    [1, [1, 2], true],
    ['1', [1], true],
    ['True', [true], true],
    ['1.5', [1.5], false],
    ['a', [], false],
  ])('%j in the list %j is %j', (t, value, expected) => {
    const rules = [
      { type: 'ALL', conditions: [{ operator: 'IN', property: 't', value }] },
    ] as const;
    const { segments } = evaluateContext({
      environment: { key: 'ENV' },
      identity: { identifier: 'jane', traits: { t } },
      segments: { one: { key: '1', name: 'one', rules } },
    });
    expect(segments.length === 1).toBe(expected);
  });
});
