import { describe, expect, test } from 'vitest';
import { compileLogic } from './compile.ts';
import { evaluate, FRAME } from './fixtures/evaluate.ts';

const NAMES = [
  'constructor',
  'toString',
  '__proto__',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
];
const METHODS = ['map', 'includes', 'concat', 'at', 'slice', 'trim', 'toFixed', 'call'];

/** The ways a rule can read a name. */
const readers = (name: string): unknown[] => [
  { var: name },
  { var: [name, null] },
  { var: { cat: [name] } },
  { val: name },
  { val: [name] },
  { val: [[0], name] },
  { val: [{ cat: [{ var: 'x' }, name] }] },
  { get: [{ var: '' }, name] },
  { if: [true, { var: name }] },
  { if: [{ var: '' }, { var: name }] },
  { if: [{ var: '' }, { val: [name] }] },
];

describe('names that values inherit', () => {
  test.each([...NAMES, ...METHODS])('%s is null on every kind of data', (name) => {
    for (const data of [{ x: '' }, ['a'], 'text', 5, true]) {
      for (const rule of readers(name)) {
        expect([rule, evaluate(rule, data)]).toEqual([rule, null]);
      }
    }
  });

  test.each(NAMES)('%s is read when it is the data’s own', (name) => {
    const data = JSON.parse(`{"${name}":{"x":7}}`) as unknown;
    expect(evaluate({ var: name }, data)).toEqual({ x: 7 });
    expect(evaluate({ var: `${name}.x` }, data)).toBe(7);
    expect(evaluate({ val: [name, 'x'] }, data)).toBe(7);
    expect(evaluate({ missing: [name] }, data)).toEqual([]);
    expect(evaluate({ exists: [name] }, data)).toBe(true);
  });

  test.each(NAMES)('%s is missing, and does not exist, when it is inherited', (name) => {
    expect(evaluate({ missing: [name] }, {})).toEqual([name]);
    expect(evaluate({ missing: [name, 'x', `a.${name}`] }, { a: {} })).toHaveLength(3);
    expect(evaluate({ missing_some: [1, [name]] }, {})).toEqual([name]);
    expect(evaluate({ exists: [name] }, {})).toBe(false);
    expect(evaluate({ exists: ['a', name] }, { a: {} })).toBe(false);
  });

  test('properties of a prototype are not read, and its getters not called', () => {
    class Visitor {
      own = 'mine';
      get plan(): string {
        throw new Error('called');
      }
    }
    for (const rule of readers('plan')) expect(evaluate(rule, new Visitor())).toBe(null);
    expect(evaluate({ var: 'own' }, new Visitor())).toBe('mine');
    expect(evaluate({ var: 'plan' }, Object.create({ plan: 'pro' }))).toBe(null);
  });

  test('data without a prototype is data', () => {
    const data = Object.assign(Object.create(null), { a: Object.create(null), b: { c: 1 } });
    expect(evaluate({ var: 'b.c' }, data)).toBe(1);
    expect(evaluate({ '!': { var: 'a' } }, data)).toBe(true);
    expect(evaluate({ '!!': { var: '' } }, data)).toBe(true);
  });

  test('a property called constructor does not change what is true', () => {
    expect(evaluate({ '!!': { var: 'a' } }, { a: { constructor: null } })).toBe(true);
    expect(evaluate({ '!!': { var: 'a' } }, { a: { constructor: { name: 'Object' } } })).toBe(true);
  });
});

describe('what lists and strings have themselves', () => {
  test('positions and length', () => {
    expect(evaluate({ var: 'a.1' }, { a: ['x', 'y'] })).toBe('y');
    expect(evaluate({ var: 'a.length' }, { a: ['x', 'y'] })).toBe(2);
    expect(evaluate({ var: 'a.length' }, { a: 'text' })).toBe(4);
    expect(evaluate({ var: 'a.0' }, { a: 'text' })).toBe('t');
    expect(evaluate({ var: 'a.2' }, { a: ['x', 'y'] })).toBe(null);
  });
});

describe('methods of data are never called', () => {
  const bomb = () => {
    throw new Error('called');
  };

  test('a list’s own map, filter or includes', () => {
    const names = [
      'map',
      'filter',
      'reduce',
      'some',
      'every',
      'includes',
      'find',
      'indexOf',
      'length',
    ];
    const list = Object.assign(
      [1, 2],
      Object.fromEntries(names.slice(0, -1).map((n) => [n, bomb])),
    );
    const data = { list };
    expect(evaluate({ map: [{ var: 'list' }, { var: '' }] }, data)).toEqual([1, 2]);
    expect(evaluate({ filter: [{ var: 'list' }, { '>': [{ var: '' }, 1] }] }, data)).toEqual([2]);
    expect(evaluate({ some: [{ var: 'list' }, { var: '' }] }, data)).toBe(true);
    expect(evaluate({ all: [{ var: 'list' }, { var: '' }] }, data)).toBe(true);
    expect(evaluate({ in: [2, { var: 'list' }] }, data)).toBe(true);
    expect(evaluate({ '*': { var: 'list' } }, data)).toBe(2);
    expect(evaluate({ '??': { var: 'list' } }, data)).toBe(1);
    expect(evaluate({ reduce: [{ var: 'list' }, { var: 'current' }, 0] }, data)).toBe(2);
  });

  test('an object that looks like a list or a string', () => {
    const lookalike = { map: bomb, includes: bomb, reduce: bomb, substr: bomb, length: 1 };
    for (const rule of [
      { map: [{ var: 'a' }, 1] },
      { in: [1, { var: 'a' }] },
      { reduce: [{ var: 'a' }, 1, 1] },
      { substr: [{ var: 'a' }, 1] },
    ]) {
      expect(() => evaluate(rule, { a: lookalike })).toThrow(TypeError);
    }
  });

  test('functions are null', () => {
    expect(evaluate({ var: 'f' }, { f: bomb })).toBe(null);
    expect(evaluate({ var: 'a.f' }, { a: { f: bomb } })).toBe(null);
    expect(evaluate({ val: ['a', 'f'] }, { a: { f: bomb } })).toBe(null);
    expect(evaluate({ if: [{ '!': { var: 'f' } }, 'none'] }, { f: bomb })).toBe('none');
  });
});

describe('hostile data', () => {
  test('may throw out of the expression', () => {
    const data = {
      get plan(): string {
        throw new Error('no');
      },
    };
    expect(() => evaluate({ '==': [{ var: 'plan' }, 'pro'] }, data)).toThrow('no');
    const proxy = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('trap');
        },
      },
    );
    expect(() => evaluate({ var: 'plan' }, proxy)).toThrow('trap');
  });

  test('may contain itself', () => {
    const data: Record<string, unknown> = { list: [] };
    data.self = data;
    (data.list as unknown[]).push(data.list);
    expect(evaluate({ var: 'self.self.self.absent' }, data)).toBe(null);
    expect(evaluate({ cat: [{ var: 'list' }] }, data)).toBe('');
    expect(evaluate({ merge: [{ var: 'list' }] }, data)).toHaveLength(1);
    expect(() =>
      evaluate({ reduce: [[1], { var: 'current' }, { var: 'self' }] }, data),
    ).not.toThrow();
  });

  test('may not make a rule walk without end', () => {
    const endless = [
      new Array(2 ** 32 - 1),
      new Proxy([], { get: (_list, key) => (key === 'length' ? 2 ** 40 : 1) }),
    ];
    const rules = [
      { map: [{ var: 'a' }, 1] },
      { some: [{ var: 'a' }, { '==': [{ var: '' }, 'x'] }] },
      { in: ['x', { var: 'a' }] },
      { '+': { var: 'a' } },
      { '-': { var: 'a' } },
      { '*': { var: 'a' } },
      { '/': { var: 'a' } },
      { '%': { var: 'a' } },
      { '??': { var: 'a' } },
      { max: { var: 'a' } },
      { merge: { var: 'a' } },
      { cat: { if: [true, { var: 'a' }] } },
      { if: [{ none: [{ var: 'a' }, false] }, 1] },
      { missing: { var: 'a' } },
    ];
    for (const a of endless) {
      for (const rule of rules) expect(() => evaluate(rule, { a })).toThrow();
    }
    const claim = { if: [{ none: [{ var: 'a' }, false] }, 1] };
    expect(() => evaluate(claim, { a: { length: 1e15 } })).toThrow(RangeError);
    expect(evaluate({ val: [[{ var: 'a' }], 'x'] }, { a: 1e15 })).toBe(null);
  });
});

test('a polluted prototype changes nothing', () => {
  const expression = compileLogic({ if: [{ '==': [{ var: 'planet' }, 'mars'] }, 'on', 'off'] });
  Object.defineProperty(Object.prototype, 'planet', { value: 'mars', configurable: true });
  try {
    expect(expression({}, FRAME)).toBe('off');
    expect(evaluate({ var: 'planet' }, 'text')).toBe(null);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'planet');
  }
});
