import { describe, expect, test } from 'vitest';
import { checkLogic } from './check.ts';

const pathsOf = (rule: unknown, dialect = {}) => checkLogic(rule, dialect).map(({ path }) => path);

function nested(depth: number): unknown {
  let rule: unknown = 'x';
  for (let i = 0; i < depth; i++) rule = { '!': [rule] };
  return rule;
}

describe('a sound rule', () => {
  test.each([
    ['a value', 'pro'],
    ['an empty object', {}],
    ['nothing', undefined],
    ['an operator of one operand', { var: 'a' }],
    ['operators within operators', { if: [{ '==': [{ var: 'a' }, 1] }, ['x'], { cat: [] }] }],
    ['preserved data', { preserve: { anything: { goes: 1 }, here: 2 } }],
    ['the rules of eachKey', { eachKey: { nope: { var: 'a' }, other: 2 } }],
    ['data under an empty name', { '': { nope: 1 }, a: 2 }],
  ])('%s has no problems', (_name, rule) => {
    expect(checkLogic(rule)).toEqual([]);
  });

  test('may not compile all the same', () => {
    expect(checkLogic({ '+': ['abc'] })).toEqual([]);
  });
});

describe('problems', () => {
  test('are all found, each with its place', () => {
    const rule = {
      if: [
        { nope: [1] },
        { '==': [{ '<': [1], '>': [1] }, { map: [{ var: 'a' }, { oops: 1 }] }] },
        { eachKey: { a: { bad: 1 } } },
        [{ '!': { wrong: 1 } }],
      ],
    };
    expect(pathsOf(rule)).toEqual([
      'if[0]',
      'if[1].==[0]',
      'if[1].==[1].map[1]',
      'if[2].eachKey.a',
      'if[3][0].!',
    ]);
  });

  test('say what is wrong and what to do', () => {
    const [unknown] = checkLogic({ nope: 1 });
    expect(unknown?.message).toMatch(/unknown operator "nope".*check its spelling/);
    const [several] = checkLogic({ a: 1, b: 2, c: 3, d: 4, e: 5 });
    expect(several?.message).toMatch(/exactly one key, this one has 5 \("a", "b", "c", "d", …\)/);
    const [deep] = checkLogic(nested(101));
    expect(deep?.message).toMatch(/deeper than 100 operators.*maxDepth/);
  });

  test('are not the operators of the dialect', () => {
    const operators = new Map([['sem_ver', () => () => null]]);
    expect(pathsOf({ sem_ver: [{ nope: 1 }] }, { operators })).toEqual(['sem_ver[0]']);
    expect(pathsOf({ sem_ver: [1] })).toEqual(['']);
  });

  test('include names that objects inherit', () => {
    expect(pathsOf({ toString: [1] })).toEqual(['']);
    expect(pathsOf({ '!': [JSON.parse('{"__proto__":1}')] })).toEqual(['![0]']);
  });
});

describe('depth', () => {
  test('counts operators, and lists within lists', () => {
    expect(pathsOf(nested(100))).toEqual([]);
    expect(pathsOf(nested(101))).toHaveLength(1);
    expect(pathsOf([[['x']]], { maxDepth: 3 })).toEqual([]);
    expect(pathsOf([[['x']]], { maxDepth: 2 })).toEqual(['[0][0]']);
  });

  test('names the first operator beyond the bound', () => {
    expect(pathsOf({ if: [{ '!': [{ var: 'a' }] }, 1] }, { maxDepth: 2 })).toEqual(['if[0].![0]']);
  });
});
