import { describe, expect, it } from 'vitest';
import { holds } from './fixtures/read.ts';

/** Cases whose answers mixpanel 0.24.0 was asked for; the rule is about the properties of the line. */
const properties = {
  plan: 'Pro',
  age: 21,
  n: { x: 1, y: null },
  l: ['a', 'b'],
  empty: [],
  nil: null,
};

const value = (name: string) => ({ var: name });

/** Whether a rule's value is this one; compared without the comparison operators. */
function gives(rule: unknown, expected: unknown): boolean {
  return holds({ in: [rule, [expected]] }, properties);
}

describe('an operator', () => {
  it.each([
    [{ '==': ['1', 1] }, true],
    [{ '==': ['1.0', 1] }, true],
    [{ '==': ['', 0] }, true],
    [{ '==': ['true', true] }, false],
    [{ '==': [2, true] }, false],
    [{ '==': [value('absent'), null] }, true],
    [{ '==': [null, 0] }, false],
    [{ '==': [[], ''] }, true],
    [{ '==': [['a'], 'a'] }, true],
    [{ '==': [['a'], ['a']] }, false],
    [{ '==': [value('l'), value('l')] }, true],
    [{ '==': [value('n'), value('n')] }, true],
    [{ '==': [[], null] }, false],
    [{ '==': [null, []] }, false],
    [{ '==': [value('n'), '[object object]'] }, false],
    [{ '==': [1] }, false],
    [{ '!=': ['1', 1] }, false],
    [{ '===': [1, '1'] }, false],
    [{ '===': [1, 1] }, true],
    [{ '===': [value('l'), value('l')] }, true],
    [{ '!==': [1, '1'] }, true],
    [{ '>': ['21', 18] }, true],
    [{ '>': ['abc', 18] }, false],
    [{ '>': [null, -1] }, true],
    [{ '>=': [18, 18] }, true],
    [{ '<': [null, 18] }, true],
    [{ '<': ['10', '9'] }, true],
    [{ '<': [10, '9'] }, false],
    [{ '<=': [1, 5, 10] }, true],
    [{ '<': [1, 1, 10] }, false],
    [{ '<': [1, 2, 2] }, false],
    [{ '<': [['1'], 2] }, true],
    [{ '>': [3, 2, 5] }, true],
  ])('compares as the language does: %j is %j', (rule, expected) => {
    expect(holds(rule, properties)).toBe(expected);
  });

  it.each([
    [{ '!': [] }, true],
    [{ '!': [[]] }, true],
    [{ '!': [0] }, true],
    [{ '!': ['0'] }, false],
    [{ '!!': [[]] }, false],
    [{ '!!': [{}] }, true],
    [{ '!!': value('empty') }, false],
  ])('takes an empty list for false: %j is %j', (rule, expected) => {
    expect(holds(rule, properties)).toBe(expected);
  });

  it.each([
    [{ and: [1, 'x'] }, 'x'],
    [{ and: [1, 0, 'x'] }, 0],
    [{ or: [0, '', 'x', 1] }, 'x'],
    [{ or: [0, ''] }, ''],
    [{ if: [0, 'a', 1, 'b', 'c'] }, 'b'],
    [{ if: [0, 'a', 'c'] }, 'c'],
    [{ if: [0, 'a'] }, null],
    [{ if: ['x'] }, 'x'],
    [{ if: [] }, null],
    [{ '?:': [1, 'a', 'b'] }, 'a'],
    [{ log: 'x' }, 'x'],
  ])('decides by what it comes to: %j gives %j', (rule, expected) => {
    expect(gives(rule, expected)).toBe(true);
  });

  it.each([
    [{ '+': ['3.5px', 1] }, 4.5],
    [{ '+': [] }, 0],
    [{ '*': ['2', '3'] }, 6],
    [{ '*': ['x'] }, 'x'],
    [{ '-': [5, 2] }, 3],
    [{ '-': ['5'] }, -5],
    [{ '/': [1, 4] }, 0.25],
    [{ '%': [-7, 3] }, -1],
    [{ min: [3, '1', 2] }, 1],
    [{ max: [3, '10', 2] }, 10],
    [{ max: [3, [7]] }, 7],
  ])('calculates: %j gives %j', (rule, expected) => {
    expect(gives(rule, expected)).toBe(true);
  });

  it.each([
    [{ '/': [1, 0] }, true],
    [{ '+': [true] }, false],
    [{ '==': [{ min: [] }, { '/': [1, 0] }] }, true],
    [{ '==': [{ max: [] }, { '/': [-1, 0] }] }, true],
  ])('knows what is no number, and what is beyond all: %j is %j', (rule, expected) => {
    expect(holds(rule, properties)).toBe(expected);
  });

  it.each([
    [{ cat: [null, 'a', [1, [2, null]]] }, 'a1,2,'],
    [{ cat: 'x' }, 'x'],
    [{ substr: ['abcdef', 1, -2] }, 'bcd'],
    [{ substr: ['abcdef', -3] }, 'def'],
    [{ substr: ['abcdef', 1, 2] }, 'bc'],
    [{ substr: [12345, '1', '2'] }, '23'],
    [{ substr: ['abc', 0, '-2'] }, ''],
    [{ substr: ['abc', 1, null] }, ''],
  ])('makes texts: %j gives %j', (rule, expected) => {
    expect(gives(rule, expected)).toBe(true);
  });

  it.each([
    [{ in: [null, 'annull'] }, true],
    [{ in: ['1', [1]] }, false],
    [{ in: ['', 'abc'] }, true],
    [{ in: ['a', ''] }, false],
    [{ in: ['a', value('l')] }, true],
    [{ in: [null, [null]] }, true],
    [{ in: ['x', []] }, false],
    [{ in: ['a', null] }, false],
    [{ in: ['a', 5] }, false],
    [{ in: ['a', value('n')] }, false],
    [{ in: [['a'], [['a']]] }, false],
    [{ in: ['b', ['a', { cat: ['b'] }]] }, true],
    [{ in: [value('l'), ['x', value('l')]] }, true],
    [{ in: [value('plan'), ['FREE', 'PRO'], { bogus: 1 }] }, false],
    [{ in: ['pr'] }, false],
  ])('finds parts and items: %j is %j', (rule, expected) => {
    expect(holds(rule, properties)).toBe(expected);
  });

  it.each([
    [{ var: 'plan' }, 'pro'],
    [{ var: ['plan'] }, 'pro'],
    [{ var: 'n.x' }, 1],
    [{ var: 'l.1' }, 'b'],
    [{ var: 'l.length' }, 2],
    [{ var: 'plan.0' }, 'p'],
    [{ var: 'plan.length' }, 3],
    [{ var: ['absent', 'x'] }, 'x'],
    [{ var: ['nil', 'x'] }, null],
    [{ var: ['nil.more', 'x'] }, 'x'],
    [{ var: ['n.y', 'x'] }, null],
    [{ var: 'absent' }, null],
    [{ var: ['absent', { cat: ['a', 'b'] }] }, 'ab'],
    [{ var: [{ cat: ['pl', 'an'] }] }, 'pro'],
    [{ var: 'age.x' }, null],
    [{ var: 1.5 }, null],
  ])('looks up: %j gives %j', (rule, expected) => {
    expect(gives(rule, expected)).toBe(true);
  });

  it('looks up everything where there is no path', () => {
    for (const path of ['', null, []]) {
      expect(holds({ '==': [{ var: path }, { var: '' }] }, properties), String(path)).toBe(true);
      expect(holds({ '!!': [{ var: path }] })).toBe(true);
    }
    expect(
      holds({ in: [{ var: 'n' }, { map: [{ merge: [{ var: '' }] }, { var: 'n' }] }] }, properties),
    ).toBe(true);
  });

  it.each([
    [{ missing: ['plan', 'absent', 'nil'] }, 'absent,nil'],
    [{ missing: [['absent', 'plan']] }, 'absent'],
    [{ missing: 'absent' }, 'absent'],
    [{ missing: { merge: ['absent', 'plan'] } }, 'absent'],
    [{ missing: [[['plan', 'x']]] }, ''],
    [{ missing: [[['absent', 'x']]] }, ''],
    [{ missing_some: [1, ['plan', 'absent']] }, ''],
    [{ missing_some: [2, ['plan', 'absent', 'nil']] }, 'absent,nil'],
    [{ merge: ['a', ['b', ['c']], []] }, 'a,b,c'],
    [{ map: [value('l'), { cat: [{ var: '' }, '!'] }] }, 'a!,b!'],
    [{ map: [value('plan'), 1] }, ''],
    [{ filter: [[1, 0, [], 2], { var: '' }] }, '1,2'],
    [{ filter: [null, true] }, ''],
    [{ reduce: [[1, 2], { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 10] }, '13'],
    [{ reduce: [[1], { var: 'accumulator' }] }, ''],
    [{ reduce: ['x', 1, 7] }, '7'],
  ])('makes lists: %j joins to %j', (rule, expected) => {
    expect(gives({ cat: [rule] }, expected)).toBe(true);
  });

  it.each([
    [{ all: [value('l'), { in: [{ var: '' }, 'abc'] }] }, true],
    [{ all: [value('l'), { '==': [{ var: '' }, 'a'] }] }, false],
    [{ all: [[], true] }, false],
    [{ all: ['x', true] }, false],
    [{ some: [value('l'), { '==': [{ var: '' }, 'b'] }] }, true],
    [{ some: [[], true] }, false],
    [{ some: [null, true] }, false],
    [{ none: [value('l'), { '==': [{ var: '' }, 'c'] }] }, true],
    [{ none: [value('l'), { '==': [{ var: '' }, 'b'] }] }, false],
    [{ none: [[], true] }, true],
    [{ none: [null, true] }, true],
    [{ some: [[{ X: 'A', y: 1 }], { '==': [{ var: 'y' }, 1] }] }, true],
    [{ some: [[{ X: 'A', y: 1 }], { '==': [{ var: 'X' }, 'a'] }] }, false],
  ])('goes through lists: %j is %j', (rule, expected) => {
    expect(holds(rule, properties)).toBe(expected);
  });

  it('makes texts with capitals, of which a key is not the property in lower case', () => {
    const nan = { cat: { '+': ['x'] } };
    for (const keys of [[nan], [[nan]], [{ substr: [nan, 0, 2] }]]) {
      expect(holds({ '!!': { missing: keys } }, { nan: 1, na: 1 })).toBe(true);
      expect(holds({ '!!': { missing_some: [1, keys] } }, { nan: 1, na: 1 })).toBe(true);
    }
    expect(holds({ '!!': { missing: ['NaN'] } }, { nan: 1 })).toBe(false);
  });

  it('makes another list for each item, so that no two are equal', () => {
    const rule = {
      reduce: [
        { map: [[1, 2], [[5]]] },
        {
          if: [{ '===': [{ var: 'accumulator' }, { var: 'current' }] }, 'same', { var: 'current' }],
        },
      ],
    };
    expect(holds({ '===': [rule, 'same'] })).toBe(false);
    expect(gives({ cat: [rule] }, '5')).toBe(true);
  });
});

describe('a rule that fails', () => {
  it.each([
    [{ count: [1] }],
    [{ hasOwnProperty: ['plan'] }],
    [{ __proto__: null, 'a.b': 1 }],
    [JSON.parse('{"__proto__":[1]}')],
    [{ '*': [] }],
    [{ '!': [{ bogus: [] }] }],
    [{ missing_some: [1] }],
    [{ VAR: 'plan' }],
    [{ var: ['plan', 1, { bogus: 1 }] }],
    [{ '-': [{ toString: 1, x: 2 }] }],
    [{ var: [{ toString: 1, x: 2 }] }],
  ])('does not hold: %j', (rule) => {
    expect(holds(rule, properties)).toBe(false);
  });

  it('holds where what fails is not come to', () => {
    expect(holds({ or: [true, { bogus: [] }] })).toBe(true);
    expect(holds({ if: [true, 1, { bogus: [] }] })).toBe(true);
    expect(holds({ or: [true, { var: [{ toString: 1, x: 2 }] }] })).toBe(true);
  });
});
