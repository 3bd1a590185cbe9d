import { describe, expect, test } from 'vitest';
import { compileLogic } from './compile.ts';
import { LogicError } from './error.ts';
import { evaluate, FRAME } from './fixtures/evaluate.ts';
import type { LogicDialect, OperatorCompiler } from './types.ts';

/** Joins its operands and the flag's key. */
const tag: OperatorCompiler = (args, compile, path) => {
  if (!Array.isArray(args)) throw new LogicError(path, 'expected a list.');
  const operands = args.map((arg: unknown, i) => compile(arg, `[${i}]`));
  return (data, frame) =>
    [frame.flagKey, ...operands.map((operand) => operand(data, frame))].join(':');
};

const dialect: LogicDialect = {
  operators: new Map([['tag', tag]]),
  variable: (path) => {
    if (path === '$now') return () => 1_700_000_000;
    if (path === '$flag.key') return (_data, frame) => frame.flagKey;
    return undefined;
  },
};

const run = (rule: unknown, data: unknown = {}) => evaluate(rule, data, dialect);

describe('operators of a dialect', () => {
  test('get their arguments as written, and the frame', () => {
    expect(run({ tag: ['x', { var: 'a' }] }, { a: 1 })).toBe('flag:x:1');
  });

  test('work wherever an operator does', () => {
    expect(run({ '==': [{ tag: ['a'] }, 'flag:a'] })).toBe(true);
    expect(run({ if: [{ tag: [] }, { tag: ['b'] }] })).toBe('flag:b');
    expect(run({ map: [[1, 2], { tag: [{ var: '' }, { var: '../index' }] }] })).toEqual([
      'flag:1:0',
      'flag:2:1',
    ]);
    expect(run({ try: [{ throw: 'x' }, { tag: [{ var: 'type' }] }] })).toBe('flag:x');
  });

  test('are never evaluated while compiling', () => {
    let calls = 0;
    const counting: OperatorCompiler = () => () => ++calls;
    const expression = compileLogic(
      { '+': [{ count: [] }, 0] },
      {
        operators: new Map([['count', counting]]),
      },
    );
    expect(calls).toBe(0);
    expect(expression({}, FRAME)).toBe(1);
    expect(expression({}, FRAME)).toBe(2);
  });

  test('may refuse their arguments', () => {
    expect(() => run({ and: [{ var: 'a' }, { tag: 'x' }] })).toThrow(
      'at and[1].tag: expected a list',
    );
  });

  test('name the place of a wrong operand', () => {
    expect(() => run({ tag: ['x', { nope: 1 }] })).toThrow('at tag[1]: unknown operator');
    expect(() => run({ tag: ['x', { '+': [{ var: 'a' }, 'y'] }] })).toThrow('at tag[1].+[1]');
  });

  test('replace the standard operator of the same name', () => {
    expect(evaluate({ cat: ['a'] }, {}, { operators: new Map([['cat', tag]]) })).toBe('flag:a');
  });
});

describe('variables of a dialect', () => {
  test('are found at the top, before the data', () => {
    expect(run({ var: '$now' }, { $now: 1 })).toBe(1_700_000_000);
    expect(run({ var: '$flag.key' })).toBe('flag');
    expect(run({ var: ['$flag.key', 'none'] })).toBe('flag');
    expect(run({ val: ['$flag', 'key'] })).toBe('flag');
    expect(run({ if: [true, { cat: [{ var: '$flag.key' }, '!'] }] })).toBe('flag!');
    expect(run({ if: [{ var: 'a' }, { val: ['$flag', 'key'] }] }, { a: 1 })).toBe('flag');
    expect(run({ if: [{ var: 'a' }, { var: ['$flag.key', 'x'] }] }, { a: 1 })).toBe('flag');
  });

  test('are not found inside an iterator, whose data is the item', () => {
    expect(run({ map: [[{}], { var: '$now' }] })).toEqual([null]);
    expect(
      run({ filter: [{ var: 'list' }, { var: '$now' }] }, { list: [{ $now: 1 }, {}] }),
    ).toEqual([{ $now: 1 }]);
  });

  test('leave other variables to the data', () => {
    expect(run({ var: '$flag.other' }, { $flag: { other: 2 } })).toBe(2);
  });

  test('fall back to the default when they give nothing', () => {
    const nothing: LogicDialect = { variable: () => () => undefined };
    expect(evaluate({ var: ['$x', 'none'] }, {}, nothing)).toBe('none');
    expect(evaluate({ var: '$x' }, {}, nothing)).toBe(null);
  });
});
