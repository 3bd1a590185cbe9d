import { createSnapshot } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { read, targeted } from './fixtures/read.ts';
import type { FlagdDocument, FlagdFlag } from './index.ts';
import { compile } from './index.ts';

const insider = { '==': [{ var: 'plan' }, 'insider'] };

function withEvaluators($evaluators: Record<string, unknown>, targeting: unknown) {
  return { $evaluators, ...targeted(targeting) };
}

function variantOf(document: unknown, plan = 'insider'): string | undefined {
  const { variant, errorCode } = read(document, 'flag', 'fallback', { plan });
  return errorCode ?? variant;
}

describe('a reference', () => {
  it('stands for the evaluator of that name', () => {
    const document = withEvaluators({ insider }, { if: [{ $ref: 'insider' }, 'on', 'off'] });
    expect(variantOf(document)).toBe('on');
    expect(variantOf(document, 'free')).toBe('off');
  });

  it('may be the whole targeting', () => {
    const document = withEvaluators({ rule: { if: [insider, 'red', 'blue'] } }, { $ref: 'rule' });
    expect(variantOf(document, 'free')).toBe('blue');
  });

  it('to an empty rule is no targeting', () => {
    const details = read(withEvaluators({ nothing: {} }, { $ref: 'nothing' }), 'flag', '');
    expect(details).toMatchObject({ variant: 'off', reason: 'STATIC' });
  });

  it.each([
    ['the arguments of an operator', { args: [insider, 'on', 'off'] }, { if: { $ref: 'args' } }],
    ['the path of a variable', { path: 'color' }, { var: { $ref: 'path' } }],
    [
      'a list',
      { plans: ['insider'] },
      { if: [{ in: [{ var: 'plan' }, { $ref: 'plans' }] }, 'on'] },
    ],
    ['an entry of a rollout', { entry: ['on', 1] }, { fractional: ['key', { $ref: 'entry' }] }],
  ])('may be %s', (_name, evaluators, targeting) => {
    const document = withEvaluators(evaluators as Record<string, unknown>, targeting);
    const { variant } = read(document, 'flag', '', { plan: 'insider', color: 'on' });
    expect(variant).toBe('on');
  });

  it('may be inside an evaluator, whatever their order', () => {
    const either = { or: [{ $ref: 'insider' }, { $ref: 'staff' }] };
    const staff = { '==': [{ var: 'plan' }, 'staff'] };
    const targeting = { if: [{ $ref: 'either' }, 'on', 'off'] };
    for (const evaluators of [
      { either, insider, staff },
      { staff, insider, either },
    ]) {
      const document = withEvaluators(evaluators, targeting);
      expect(variantOf(document, 'staff')).toBe('on');
      expect(variantOf(document, 'free')).toBe('off');
    }
  });

  it('to no evaluator does not compile, and says which one', () => {
    const details = read(
      withEvaluators({ insider }, { if: [{ $ref: 'outsider' }, 'on'] }),
      'flag',
      '',
    );
    expect(details.errorCode).toBe('PARSE_ERROR');
    expect(compile(withEvaluators({}, { $ref: 'outsider' })).diagnostics).toEqual([
      {
        flagKey: 'flag',
        path: 'targeting',
        severity: 'error',
        message: expect.stringContaining('"outsider"'),
      },
    ]);
  });

  it('with another key beside it is no reference', () => {
    const document = withEvaluators({ insider }, { $ref: 'insider', '!': [true] });
    expect(variantOf(document)).toBe('PARSE_ERROR');
  });

  it('does not reach properties that evaluators merely inherit', () => {
    expect(variantOf(withEvaluators({ insider }, { $ref: 'constructor' }))).toBe('PARSE_ERROR');
    expect(variantOf(withEvaluators({ insider }, { $ref: '__proto__' }))).toBe('PARSE_ERROR');
  });
});

describe('evaluators', () => {
  it.each([
    ['to itself', { a: { '!': [{ $ref: 'a' }] } }, 'a → a'],
    ['in a circle', { a: { '!': [{ $ref: 'b' }] }, b: { '!': [{ $ref: 'a' }] } }, 'a → b → a'],
  ])(
    'that refer %s are reported, and only flags that use them are invalid',
    (_name, evaluators, circle) => {
      const document = {
        $evaluators: evaluators,
        flags: {
          ...targeted({ if: [{ $ref: 'a' }, 'on', 'off'] }).flags,
          other: { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on' },
        },
      };
      expect(variantOf(document)).toBe('PARSE_ERROR');
      expect(read(document, 'other', false).value).toBe(true);
      const { diagnostics } = compile(JSON.stringify(document));
      expect(diagnostics[0]).toMatchObject({
        path: '$evaluators.a',
        message: expect.stringContaining(circle),
      });
    },
  );

  it('that multiply beyond all bounds are refused, not written out', () => {
    const evaluators: Record<string, unknown> = { e0: insider };
    for (let i = 1; i <= 60; i++) {
      evaluators[`e${i}`] = { and: [{ $ref: `e${i - 1}` }, { $ref: `e${i - 1}` }] };
    }
    const document = withEvaluators(evaluators, { if: [{ $ref: 'e60' }, 'on', 'off'] });
    expect(variantOf(document)).toBe('PARSE_ERROR');
  });

  it('see the flag that refers to them', () => {
    const ruleset = compile({
      $evaluators: { own: { var: '$flagd.flagKey' } },
      flags: {
        a: { state: 'ENABLED', variants: { a: 'A' }, targeting: { $ref: 'own' } },
        b: { state: 'ENABLED', variants: { b: 'B' }, targeting: { $ref: 'own' } },
      },
    });
    const snapshot = createSnapshot(ruleset, {});
    expect([...snapshot.all().values()].map(({ value }) => value)).toEqual(['A', 'B']);
    expect(snapshot.resolve('b').value).toBe('B');
  });

  it('are evaluated once for all flags that are read in bulk', () => {
    const flag: FlagdFlag = {
      state: 'ENABLED',
      variants: { on: true, off: false },
      targeting: { if: [{ $ref: 'insider' }, 'on', 'off'] },
    };
    const ruleset = compile({ $evaluators: { insider }, flags: { a: flag, b: flag, c: flag } });
    let reads = 0;
    const context = {
      get plan() {
        reads++;
        return 'insider';
      },
    };
    const all = createSnapshot(ruleset, context).all();
    expect([...all.values()].map(({ variant }) => variant)).toEqual(['on', 'on', 'on']);
    expect(reads).toBe(1);
  });

  it('mean the item when they are referred to inside an iterator', () => {
    const targeting = {
      if: [
        { some: [{ var: 'accounts' }, { $ref: 'insider' }] },
        'on',
        { if: [{ $ref: 'insider' }, 'red', 'off'] },
      ],
    };
    const document = withEvaluators({ insider }, targeting);
    const accounts = [{ plan: 'free' }, { plan: 'insider' }];
    expect(read(document, 'flag', '', { plan: 'free', accounts }).variant).toBe('on');
    expect(read(document, 'flag', '', { plan: 'insider', accounts: [] }).variant).toBe('red');
    expect(read(document, 'flag', '', { plan: 'free', accounts: [] }).variant).toBe('off');
    const ruleset = compile(JSON.stringify(document));
    const visitor = createSnapshot(ruleset, { plan: 'insider', accounts: [{ plan: 'free' }] });
    expect(visitor.all().get('flag')?.variant).toBe('red');
  });
});

describe('what defines a flag', () => {
  const document = (rule: unknown): FlagdDocument => ({
    $evaluators: { outer: { '!': [{ $ref: 'inner' }] }, inner: rule, other: { var: 'x' } },
    flags: {
      asks: {
        state: 'ENABLED',
        variants: { on: true },
        targeting: { if: [{ $ref: 'outer' }, 'on', null] },
      },
      plain: { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on' },
    },
  });

  it('includes the evaluators it refers to, directly or through others, and no others', () => {
    const before = compile(document({ var: 'a' }));
    const after = compile(document({ var: 'b' }));
    expect(before.definitionOf?.('asks')).not.toEqual(after.definitionOf?.('asks'));
    expect(before.definitionOf?.('plain')).toEqual(after.definitionOf?.('plain'));
    expect(JSON.stringify(before.definitionOf?.('asks'))).not.toContain('"x"');
    expect(before.definitionOf?.('missing')).toBeUndefined();
  });
});
