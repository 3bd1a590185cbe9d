import { expect, test } from 'vitest';
import { evaluate } from './fixtures/evaluate.ts';
import { isTruthy, truthOf } from './truthiness.ts';

class Empty {}

test.each([0, -0, Number.NaN, '', null, undefined, false, [], {}, Object.create(null)])(
  '%j is false',
  (value) => {
    expect(isTruthy(value)).toBe(false);
  },
);

test.each([1, -1, '0', ' ', 'false', true, [0], [[]], { a: undefined }, new Date(0), new Empty()])(
  '%j is true',
  (value) => {
    expect(isTruthy(value)).toBe(true);
  },
);

test('primitives keep their value, objects become true or false', () => {
  expect([0, '', 'a', null, [], [1], {}, { a: 1 }].map(truthOf)).toEqual([
    ...[0, '', 'a', null],
    ...[false, true, false, true],
  ]);
});

test('the operators agree', () => {
  for (const [value, truth] of [
    [[], false],
    [{}, false],
    ['0', true],
    [[0], true],
    [0, false],
  ]) {
    const data = { a: value };
    expect(evaluate({ '!!': [{ var: 'a' }] }, data)).toBe(truth);
    expect(evaluate({ '!': [{ var: 'a' }] }, data)).toBe(!truth);
    expect(evaluate({ not: { var: 'a' } }, data)).toBe(!truth);
    expect(evaluate({ if: [{ var: 'a' }, true, false] }, data)).toBe(truth);
    expect(evaluate({ if: [{ var: 'a' }, true] }, data)).toBe(truth ? true : null);
    expect(evaluate({ and: [{ var: 'a' }, 'b'] }, data)).toEqual(truth ? 'b' : value);
    expect(evaluate({ or: [{ var: 'a' }, 'b'] }, data)).toEqual(truth ? value : 'b');
  }
});

test('negating one list means the list where it is compiled, its first item where it is interpreted', () => {
  expect(evaluate({ '!': { var: 'a' } }, { a: [0] })).toBe(false);
  expect(evaluate({ if: [{ '!': { var: 'a' } }, 'yes'] }, { a: [0] })).toBe('yes');
});
