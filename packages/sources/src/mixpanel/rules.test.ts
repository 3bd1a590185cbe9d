import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { definitions, flag, flagIf, rollout } from './fixtures/build.ts';
import { holds, holdsOlder, read } from './fixtures/read.ts';

describe('a rule', () => {
  it.each([
    [{ '==': [{ var: 'Plan' }, 'Premium'] }, { pLAN: 'PREMIUM' }, true],
    [{ '!=': [{ var: 'plan' }, 'premium'] }, {}, true],
    [{ in: [{ var: 'country' }, ['US', 'CA']] }, { Country: 'us' }, true],
    [{ in: ['Spring', { var: 'url' }] }, { URL: 'https://x/SPRING-sale' }, true],
    [{ '>': [{ var: 'age' }, 18] }, { AGE: '21' }, true],
    [{ '>': [{ var: 'age' }, 18] }, { age: 18 }, false],
    [{ '>': [{ var: 'age' }, 18] }, {}, false],
    [{ '<': [{ var: 'age' }, 18] }, {}, true],
    [{ '==': [{ var: 'a.B' }, 'C'] }, { A: { b: 'c' } }, true],
    [{ in: [{ var: 'x' }, ['Ä']] }, { x: 'ä' }, true],
    [{ '==': [{ var: 'x' }, 'İ'] }, { x: 'i̇' }, true],
    [{ in: ['X', { var: 'list' }] }, { list: ['x', 'y'] }, true],
    [{ '==': [{ VAR: 'x' }, 1] }, { x: 1 }, false],
  ])('ignores case, but not in operators: %j for %j is %j', (rule, properties, expected) => {
    expect(holds(rule, properties)).toBe(expected);
  });

  it('sees the later of two properties that are one in lower case', () => {
    const isB = { '==': [{ var: 'plan' }, 'b'] };
    expect(holds(isB, { PLAN: 'a', plan: 'b' })).toBe(true);
    expect(holds(isB, { plan: 'b', PLAN: 'a' })).toBe(false);
    expect(holds({ '==': [{ var: 'n.x' }, 'b'] }, { n: { X: 'a', x: 'B' } })).toBe(true);
    expect(holds({ '==': [{ var: 'n.x' }, 'b'] }, { N: { x: 'b' }, n: { x: 'a' } })).toBe(false);
  });

  it('sees custom properties, and nothing else of the context', () => {
    const rule = { '==': [{ var: 'distinct_id' }, 'user-1'] };
    expect(holds(rule, {})).toBe(false);
    expect(holds(rule, { distinct_id: 'user-1' })).toBe(true);
  });

  it.each([[null], [[]], ['text'], [7], [true]])(
    'does not hold for properties that are %j',
    (properties) => {
      expect(holds({ '!=': [{ var: 'plan' }, 'free'] }, properties)).toBe(false);
      expect(holds({ a: 1, b: 2 }, properties)).toBe(false);
      expect(holds({}, properties)).toBe(true);
    },
  );

  it('does not hold without properties', () => {
    expect(read(flagIf('f1', { '!=': [{ var: 'plan' }, 'free'] }))).toBe('NO_ROLLOUT_MATCH');
    expect(read(flagIf('f1', {}))).toBe('on');
  });

  it.each([
    [[], true],
    [[0], true],
    [{ '!': 1 }, false],
    [{ merge: [] }, true],
    [{ and: [[], 1] }, true],
    [{ or: [] }, false],
    [{ cat: [] }, false],
    ['0', true],
    [1, true],
    [{ a: 1, b: 2 }, true],
    [{ '!=': [1, 1], '==': [1, 2] }, true],
    [{ log: [{}] }, true],
  ])(
    'counts as the language has it, and what is no operator is true: %j is %j',
    (rule, expected) => {
      expect(holds(rule, {})).toBe(expected);
    },
  );

  it.each(['constructor', '__proto__', 'toString', 'n.constructor', 'l.concat', 's.constructor'])(
    'does not see what every object, list or text has: %s',
    (path) => {
      const properties = { n: {}, l: [1], s: 'x' };
      expect(holds({ '!!': { var: path } }, properties)).toBe(false);
      expect(holds({ '==': [{ var: [path, 'd'] }, 'd'] }, properties)).toBe(true);
      expect(holds({ '!!': { missing: [path] } }, properties)).toBe(true);
    },
  );

  it('sees properties by such names where a visitor has them', () => {
    const properties = JSON.parse('{"__PROTO__":{"X":"A"},"Constructor":1,"n":{"__proto__":2}}');
    expect(holds({ '==': [{ var: '__proto__.x' }, 'a'] }, properties)).toBe(true);
    expect(holds({ '==': [{ var: 'constructor' }, 1] }, properties)).toBe(true);
    expect(holds({ '==': [{ var: 'n.__proto__' }, 2] }, properties)).toBe(true);
    const every = { '!!': { map: [{ merge: { var: '' } }, { var: '__proto__.x' }] } };
    expect(holds({ in: ['a', every['!!']] }, properties)).toBe(true);
  });

  it('may have data with such names', () => {
    const rule = JSON.parse(
      '{"some":[[{"__proto__":"A","b":1}],{"==":[{"var":"__proto__"},"a"]}]}',
    );
    expect(holds(rule)).toBe(true);
  });

  it('does not see what a visitor’s properties inherit', () => {
    const properties = Object.create({ plan: 'pro' });
    expect(holds({ '==': [{ var: 'plan' }, 'pro'] }, properties)).toBe(false);
    expect(holds({ '==': [{ var: 'n.plan' }, 'pro'] }, { n: properties })).toBe(false);
  });

  it('goes before an older one, unless it is nothing', () => {
    const only = { runtime_evaluation_definition: { plan: 'pro' } };
    const both = (rule: unknown) =>
      flag('f1', { rollout: [rollout({ ...only, runtime_evaluation_rule: rule as never })] });
    const pro = { custom_properties: { plan: 'pro' } };
    const free = { custom_properties: { plan: 'free' } };
    expect(read(both({ '==': [{ var: 'plan' }, 'free'] }), free)).toBe('on');
    expect(read(both({ '==': [{ var: 'plan' }, 'free'] }), pro)).toBe('NO_ROLLOUT_MATCH');
    expect(read(both({}), free)).toBe('on');
    for (const nothing of [null, false, 0, '', undefined]) {
      expect(read(both(nothing), pro)).toBe('on');
      expect(read(both(nothing), free)).toBe('NO_ROLLOUT_MATCH');
    }
  });
});

describe('the older form of a rule', () => {
  it.each([
    [{ plan: 'PREMIUM' }, { Plan: 'premium' }, true],
    [{ Plan: 'premium' }, { Plan: 'premium' }, false],
    [{ age: '5' }, { age: 5 }, true],
    [{ on: 'TRUE' }, { on: true }, true],
    [{ nil: 'null' }, { nil: null }, true],
    [{ list: 'a,b' }, { list: ['A', 'B'] }, true],
    [{ list: ['A', 'b'] }, { list: 'a,B' }, true],
    [{ none: 'undefined' }, { none: undefined }, true],
    [{ none: 'undefined' }, {}, false],
    [{ plan: 'x', age: 5 }, { plan: 'x' }, false],
    [{ plan: 'x' }, undefined, false],
    [{ plan: 'x' }, null, false],
    [{}, {}, true],
    [{}, undefined, false],
    [{}, [], true],
    [{ 0: 'a', length: 1 }, ['A'], true],
    [{}, 'text', false],
    [{ constructor: 'x' }, {}, false],
  ])('%j for %j is %j', (definition, properties, expected) => {
    expect(holdsOlder(definition, properties)).toBe(expected);
  });
});

describe('rules that flags share', () => {
  const rule = (plan: unknown) => ({
    runtime_evaluation_rule: { '==': [{ var: 'plan' }, plan] } as never,
  });

  it('are evaluated once for all flags', () => {
    const flags = ['f1', 'f2', 'f3'].map((key) => flag(key, { rollout: [rollout(rule('pro'))] }));
    let reads = 0;
    const custom_properties = {
      get plan() {
        reads++;
        return 'pro';
      },
    };
    const ruleset = compile(JSON.stringify(definitions(...flags)));
    const all = ruleset.resolveAll({
      context: { distinct_id: 'user-1', custom_properties },
      now: undefined,
      state: undefined,
      trace: undefined,
    });
    expect(all.map((one) => one?.variant)).toEqual(['on', 'on', 'on']);
    expect(reads).toBe(1);
  });

  it('are told apart where only their JSON is the same', () => {
    const flags = [null, Number.POSITIVE_INFINITY, Number.NaN].map((plan, i) =>
      flag(`f${i}`, { rollout: [rollout(rule(plan))] }),
    );
    const ruleset = compile(definitions(...flags));
    const given = { custom_properties: { plan: Number.POSITIVE_INFINITY } };
    expect(['f0', 'f1', 'f2'].map((key) => read(ruleset, given, key))).toEqual([
      'NO_ROLLOUT_MATCH',
      'on',
      'NO_ROLLOUT_MATCH',
    ]);
  });

  it('are told apart where they begin alike', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `visitor-with-a-long-id-${i}`);
    const lists = [ids, [...ids.slice(0, -1), 'ann'], [...ids.slice(0, -1), 'bob']];
    const flags = lists.map((list, i) =>
      flag(`f${i}`, {
        rollout: [rollout({ runtime_evaluation_rule: { in: [{ var: 'id' }, list] } })],
      }),
    );
    const found = flags.map(({ key }) =>
      read(definitions(...flags), { custom_properties: { id: 'Bob' } }, key),
    );
    expect(found).toEqual(['NO_ROLLOUT_MATCH', 'NO_ROLLOUT_MATCH', 'on']);
  });

  it('are told apart from older ones that look the same', () => {
    const text = { plan: 'pro' } as never;
    const flags = [
      flag('f0', { rollout: [rollout({ runtime_evaluation_definition: text })] }),
      flag('f1', { rollout: [rollout({ runtime_evaluation_rule: text })] }),
    ];
    const pro = { custom_properties: { plan: 'pro' } };
    expect(['f0', 'f1'].map((key) => read(definitions(...flags), pro, key))).toEqual([
      'on',
      'NO_ROLLOUT_MATCH',
    ]);
  });
});
