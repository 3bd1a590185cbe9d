import { createSnapshot, type EvaluationContext } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { definitions, flag, flagIf, rollout } from './fixtures/build.ts';
import { holds, read } from './fixtures/read.ts';

/** Why a rule fails for these properties; undefined when it does not. */
function failureOf(rule: unknown, properties: unknown = {}): unknown {
  const context = { distinct_id: 'user-1', custom_properties: properties } as EvaluationContext;
  const { steps } = createSnapshot(compile(definitions(flagIf('f1', rule))), context).explain('f1');
  const step = steps.find(({ path }) => path.endsWith('runtime_evaluation_rule'));
  return (step?.detail as { readonly error?: string } | undefined)?.error;
}

const forty = Array.from({ length: 40 }, (_, i) => i);
const accumulator = { var: 'accumulator' };

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

describe('a rule that would take for ever', () => {
  const long = Array.from({ length: 1000 }, (_, i) => i);
  const each = (list: unknown, body: unknown) => ({ map: [list, body] });

  it.each([
    ['doubles a text', { reduce: [forty, { cat: [accumulator, accumulator] }, 'a'] }],
    ['doubles a list', { reduce: [forty, { merge: [accumulator, accumulator] }, [1]] }],
    [
      'makes a text of a list that holds itself over and over',
      { cat: { reduce: [forty, [accumulator, accumulator], [1]] } },
    ],
    ['compares such a list', { '==': [{ reduce: [forty, [accumulator, accumulator], [1]] }, 'x'] }],
    [
      'calculates with such a list',
      { '+': [{ reduce: [forty, [accumulator, accumulator], [1]] }, 1] },
    ],
    ['goes through lists within lists', each(long, each(long, each(long, 1)))],
    [
      'searches a list for every item of another',
      each(each(long, 1), { in: [{ var: '' }, { merge: [long, { var: '' }] }] }),
    ],
    [
      'looks for missing keys for every item',
      { map: [long, { missing: [{ merge: [long, 'x'] }] }] },
    ],
  ])('fails when it %s', (_what, rule) => {
    expect(holds(rule)).toBe(false);
    expect(failureOf(rule)).toMatch(/more than 250000 steps/);
  });

  it('fails where data that is a rule leads back to itself', () => {
    const l = [{ missing: { var: 'l' } }];
    expect(holds({ '!': { missing: [{ var: 'l' }] } }, { l })).toBe(false);
    expect(failureOf({ missing: [{ var: 'l' }] }, { l })).toMatch(/./);
  });

  it('leaves the next one as many steps', () => {
    const rollouts = forty.map(() =>
      rollout({ runtime_evaluation_rule: each(long, each(long, 1)) as never }),
    );
    const last = rollout({ runtime_evaluation_rule: each(long, 1) as never });
    const given = { custom_properties: {} };
    expect(read(flag('f1', { rollout: [...rollouts, last] }), given)).toBe('on');
    expect(read(flag('f1', { rollout: rollouts }), given)).toBe('NO_ROLLOUT_MATCH');
  });
});

describe('a rule that is nested', () => {
  it('holds as it says, 400 deep', () => {
    expect(holds(nested(400, (inner) => ({ '!': [inner] })))).toBe(true);
    expect(holds(nested(201, (inner) => ({ '!': inner })))).toBe(false);
  });

  it.each([
    ['operators', nested(600, (inner) => ({ '!': [inner] }))],
    ['lists', nested(600, (inner) => [inner])],
    ['data', nested(600, (inner) => ({ a: inner, b: 1 }))],
    ['operators, far deeper', nested(100_000, (inner) => ({ '!': inner }))],
  ])('deeper than that does not hold, and is told of: %s', (_what, rule) => {
    const ruleset = compile(definitions(flagIf('f1', rule), flag('f2')));
    const given = { custom_properties: {} };
    expect([read(ruleset, given), read(ruleset, given, 'f2')]).toEqual(['NO_ROLLOUT_MATCH', 'on']);
    expect(ruleset.diagnostics).toEqual([
      {
        flagKey: 'f1',
        path: 'ruleset.rollout[0].runtime_evaluation_rule',
        severity: 'warning',
        message: expect.stringContaining('nested deeper than 500'),
      },
    ]);
  });

  it('may be as long as a list of ids', () => {
    const ids = Array.from({ length: 150_000 }, (_, i) => `id-${i}`);
    expect(holds({ in: [{ var: 'id' }, ids] }, { id: 'ID-149999' })).toBe(true);
  });

  it('does not hold with more than 100,000 parts', () => {
    const parts = Array.from({ length: 100_001 }, () => ({ var: 'x' }));
    expect(holds({ or: [...parts, true] })).toBe(false);
    expect(holds({ or: [...parts.slice(0, 30_000), true] })).toBe(true);
  });
});

describe('a property', () => {
  const cyclic: Record<string, unknown> = { plan: 'pro' };
  cyclic.self = cyclic;
  const wide = nested(60, (inner) => [inner, inner]);
  const throwing = {
    plan: 'pro',
    get secret(): string {
      throw new Error('not today');
    },
  };

  it.each([
    ['a ring', { x: cyclic }],
    ['a list that holds itself over and over', { x: wide }],
    ['a list of a million items', { x: new Array(1_000_000).fill('a') }],
    ['a list of four billion holes', { x: new Array(2 ** 32 - 1) }],
    ['ten thousand objects deep', { x: nested(10_000, (inner) => ({ inner })) }],
    ['an object that has no text by itself', { x: { toString: 1 } }],
  ])('that is %s does not hang a rule, nor matter to others', (_what, given) => {
    const properties = { ...given, plan: 'pro' };
    expect(holds({ '==': [{ var: 'plan' }, 'pro'] }, properties)).toBe(true);
    expect(holds({ '==': [{ var: 'x' }, 'y'] }, properties)).toBe(false);
    expect(holds({ '==': [{ cat: { var: '' } }, 'y'] }, properties)).toBe(false);
  });

  it('that is too large fails the rule that reads it, and says so', () => {
    const x = new Array(200_000).fill('a');
    expect(failureOf({ in: ['a', { var: 'x' }] }, { x })).toMatch(/more than 100000 values/);
    expect(failureOf({ '!!': { var: 'x.y' } }, { x: cyclic })).toMatch(/deeper than 500/);
  });

  it('that is a symbol has no text within a list, as in the language', () => {
    const l = [Symbol('s')];
    expect(failureOf({ cat: { var: 'l' } }, { l })).toMatch(/symbol/i);
    expect(failureOf({ in: [{ var: 'l' }, 'text'] }, { l })).toMatch(/symbol/i);
    expect(holds({ '!!': { var: 'l' } }, { l })).toBe(true);
  });

  it('that throws when it is read fails the rule that reads it, and no other', () => {
    expect(failureOf({ var: 'secret' }, throwing)).toBe('not today');
    expect(holds({ '==': [{ var: 'plan' }, 'pro'] }, throwing)).toBe(true);
    const rollouts = ['secret', 'plan'].map((name) =>
      rollout({ runtime_evaluation_rule: { '!!': { var: name } } }),
    );
    expect(read(flag('f1', { rollout: rollouts }), { custom_properties: throwing } as never)).toBe(
      'on',
    );
  });

  it('may be one of 200,000', () => {
    const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`P${i}`, i]));
    expect(holds({ '==': [{ var: 'p199999' }, 199_999] }, many)).toBe(true);
  });
});

describe('a context', () => {
  const throwing = (name: string) =>
    Object.defineProperty({ distinct_id: 'user-1', device_id: 'd-1' }, name, {
      get: () => {
        throw new Error('not today');
      },
      enumerable: true,
    }) as EvaluationContext;
  const pro = { '==': [{ var: 'plan' }, 'pro'] };
  const written = definitions(
    flag('f1'),
    flag('f2', {}, { context: 'device_id' }),
    flagIf('f3', pro),
    flag('f4', { test: { users: { 'user-1': 'on' } } }, { context: 'device_id' }),
  );
  const readAll = (context: EvaluationContext) => {
    const one = createSnapshot(compile(written), context);
    const bulk = createSnapshot(compile(written), context).all();
    return ['f1', 'f2', 'f3', 'f4'].map((key) => {
      const resolution = one.resolve(key);
      expect(bulk.get(key)).toEqual(resolution.variant === undefined ? undefined : resolution);
      expect(createSnapshot(compile(written), context).explain(key).resolution).toEqual(resolution);
      return resolution.variant ?? resolution.errorCode ?? 'NO_ROLLOUT_MATCH';
    });
  };

  it('that throws where a flag looks gives that flag an error, and others what they are', () => {
    expect(readAll(throwing('distinct_id'))).toEqual(['GENERAL', 'on', 'GENERAL', 'GENERAL']);
    expect(readAll(throwing('device_id'))).toEqual([
      'on',
      'GENERAL',
      'NO_ROLLOUT_MATCH',
      'GENERAL',
    ]);
  });

  it('whose custom properties throw satisfies no rule', () => {
    expect(readAll(throwing('custom_properties'))).toEqual(['on', 'on', 'NO_ROLLOUT_MATCH', 'on']);
  });

  it('has no field that it merely inherits', () => {
    const heir = Object.create({
      distinct_id: 'user-1',
      device_id: 'd-1',
      custom_properties: { plan: 'pro' },
    });
    expect(new Set(readAll(heir))).toEqual(new Set(['TARGETING_KEY_MISSING']));
  });

  it('whose field has no text is an error that says so', () => {
    const nobody = { distinct_id: Object.create(null), device_id: 'd-1' };
    const snapshot = createSnapshot(compile(written), nobody);
    expect(snapshot.resolve('f1')).toMatchObject({
      reason: 'ERROR',
      errorCode: 'GENERAL',
      errorMessage: expect.stringMatching(/flag "f1": the context could not be read/),
    });
    expect(readAll(nobody)).toEqual(['GENERAL', 'on', 'GENERAL', 'GENERAL']);
  });
});
