import { describe, expect, test } from 'vitest';
import { isHalyardError } from '../errors.ts';
import { compileLogic } from './compile.ts';
import { LogicError } from './error.ts';
import { evaluate, FRAME } from './fixtures/evaluate.ts';

function errorOf(rule: unknown, path?: string): LogicError {
  try {
    compileLogic(rule, {}, path);
  } catch (error) {
    if (error instanceof LogicError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(rule)} compiled`);
}

function nested(depth: number): unknown {
  let rule: unknown = { var: 'a' };
  for (let i = 1; i < depth; i++) rule = { '!': [rule] };
  return rule;
}

describe('values', () => {
  test('anything that is not an operator is itself', () => {
    for (const value of ['pro', 3, true, null, [], [1, 'a'], {}]) {
      expect(evaluate(value)).toEqual(value);
    }
  });

  test('a list evaluates its items', () => {
    expect(evaluate([1, { var: 'a' }, [{ var: 'b' }]], { a: 2, b: 3 })).toEqual([1, 2, [3]]);
  });

  test('preserved data is left alone', () => {
    expect(evaluate({ preserve: { var: 'a', other: 1 } })).toEqual({ var: 'a', other: 1 });
  });

  test('minus zero written in a rule is zero, and computed it is minus zero', () => {
    expect(evaluate(-0)).toBe(0);
    expect(evaluate({ '-': [{ var: 'a' }] }, { a: 0 })).toBe(-0);
  });
});

describe('errors', () => {
  test('are Halyard errors that name the place, the trouble and the way out', () => {
    const error = errorOf({ if: [true, { starts: ['a'] }, 'off'] });
    expect(isHalyardError(error)).toBe(true);
    expect(error.path).toBe('if[1]');
    expect(error.message).toContain('at if[1]: unknown operator "starts"');
    expect(error.message).toContain('check its spelling');
  });

  test.each([
    ['an unknown operator deep down', { if: [{ '==': [{ nope: 1 }, 2] }, 1, 2] }, 'if[0].==[0]'],
    ['two operators in one object', { and: [{ '<': [1, 2], '>': [1, 2] }] }, 'and[0]'],
    ['an operator that objects inherit', { constructor: [1] }, ''],
    ['an operator on the prototype', JSON.parse('{"__proto__":[1]}'), ''],
    ['an unknown operator in a branch not taken', { if: [{ var: 'a' }, { nope: 1 }] }, 'if[1]'],
    ['text where a number is needed', { '+': [{ var: 'a' }, 'abc'] }, '+[1]'],
    ['a list where a number is needed', { '*': [{ var: 'a' }, [1]] }, '*[1]'],
    ['a division by a written zero', { '/': [{ var: 'a' }, 0] }, '/[1]'],
    ['too few operands', { if: [{ var: 'a' }, { '%': [{ var: 'b' }] }, 1] }, 'if[1].%'],
    ['a constant part that throws', { and: [{ var: 'a' }, { '<': ['x', 1] }] }, 'and[1].<'],
    ['a constant part of the wrong shape', { and: [{ var: 'a' }, { '==': [1] }] }, 'and[1].=='],
    ['an iterator without a list and a rule', { map: { var: 'a' } }, 'map'],
    ['an iterator without a rule', { map: [{ var: 'a' }] }, 'map[1]'],
    ['eachKey of something else', { eachKey: 5 }, 'eachKey'],
  ])('%s', (_name, rule, path) => {
    expect(errorOf(rule).path).toBe(path);
  });

  test('begin their path where the rule stands', () => {
    expect(errorOf({ '!': { nope: 1 } }, 'flags.a.targeting').path).toBe('flags.a.targeting.!');
    expect(errorOf({ nope: 1 }, 'targeting').path).toBe('targeting');
  });

  test('carry what the constant part throws', () => {
    expect(errorOf({ '+': ['abc'] }).cause).toBeNaN();
    expect(errorOf({ max: ['abc'] }).cause).toEqual({ type: 'Invalid Arguments' });
  });

  test('that are not about the rule are wrapped', () => {
    const dialect = {
      variable: () => {
        throw new Error('no such variable');
      },
    };
    expect(() => compileLogic({ var: 'a' }, dialect)).toThrow(LogicError);
  });
});

describe('depth', () => {
  test('a hundred operators may nest', () => {
    expect(evaluate(nested(100), { a: 1 })).toBe(false);
  });

  test('one more does not compile', () => {
    const error = errorOf(nested(101));
    expect(error.message).toContain('deeper than 100 operators');
  });

  test('the dialect may say otherwise', () => {
    expect(() => compileLogic(nested(4), { maxDepth: 3 })).toThrow(LogicError);
    expect(evaluate(nested(150), { a: 1 }, { maxDepth: 150 })).toBe(false);
  });

  test('a rule that contains itself does not compile', () => {
    const rule: { and: unknown[] } = { and: [] };
    rule.and.push(rule);
    expect(errorOf(rule).message).toContain('deeper than');
  });

  test('a rule that would compile to too much does not compile', () => {
    let rule: unknown = { var: 'a' };
    for (let i = 0; i < 40; i++) rule = { try: [{ '+': [{ var: 'b' }] }, rule] };
    expect(errorOf(rule).message).toContain('more than 100000 operators');
  });
});

test('an expression may be evaluated any number of times, with any data', () => {
  const expression = compileLogic({ if: [{ '==': [{ var: 'plan' }, 'pro'] }, 'on', 'off'] });
  expect(expression({ plan: 'pro' }, FRAME)).toBe('on');
  expect(expression({ plan: 'free' }, FRAME)).toBe('off');
  expect(expression(null, FRAME)).toBe('off');
  expect(expression('pro', FRAME)).toBe('off');
});
