import type { EvaluationContext } from '@halyard/core';
import { createSnapshot } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { decide, read, targeted } from './fixtures/read.ts';
import { compile } from './index.ts';

describe('keys that mean something to the language', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''];
  const flag = (name: string) =>
    `${JSON.stringify(name)}:{"state":"ENABLED","variants":{${JSON.stringify(name)}:true},"defaultVariant":${JSON.stringify(name)}}`;

  it.each(names)('are found as flags only when the definitions have them: %j', (name) => {
    const without = createSnapshot(compile('{"flags":{}}'), {});
    expect(without.resolve(name).errorCode).toBe('FLAG_NOT_FOUND');
    const having = createSnapshot(compile(`{"flags":{${flag(name)}}}`), {});
    expect(having.resolve(name).errorCode).toBeUndefined();
    expect(having.resolve(name).reason).toBe(name === '' ? 'DEFAULT' : 'STATIC');
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'are variants only when the flag has them: %j',
    (name) => {
      expect(decide({ var: 'variant' }, { variant: name })).toBe('GENERAL');
      const variants = Object.fromEntries([[name, 'mine']]);
      const document = targeted({ var: 'variant' }, { variants, defaultVariant: null });
      expect(read(document, 'flag', '', { variant: name }).value).toBe('mine');
    },
  );
});

describe('a context', () => {
  it.each(['constructor', 'toString', '__proto__', 'plan', 'constructor.name'])(
    'has no attribute that it merely inherits: %s',
    (path) => {
      const context: EvaluationContext = Object.create({ plan: 'inherited' });
      expect(decide({ if: [{ var: path }, 'on', 'off'] }, context)).toBe('off');
    },
  );

  it('that throws when it is read gives GENERAL, naming the flag', () => {
    const context = {
      get plan(): string {
        throw new Error('no plan today');
      },
    };
    expect(read(targeted({ var: 'plan' }), 'flag', 'fallback', context)).toMatchObject({
      value: 'fallback',
      errorCode: 'GENERAL',
      errorMessage: expect.stringMatching(/"flag".*no plan today/),
    });
  });

  it('that throws is not read by flags that do not ask', () => {
    const context = {
      get plan(): string {
        throw new Error('no plan today');
      },
    };
    expect(decide({ if: [{ var: 'beta' }, 'on', 'off'] }, context)).toBe('off');
  });

  it('with circles is no trouble', () => {
    const context: Record<string, unknown> = { plan: 'pro' };
    context.self = context;
    expect(
      decide({ if: [{ '==': [{ var: 'self.self.plan' }, 'pro'] }, 'on'] }, context as never),
    ).toBe('on');
    expect(decide({ var: '' }, context as never)).toBe('GENERAL');
  });

  it('whose values cannot become texts gives GENERAL', () => {
    const bare: unknown = Object.create(null);
    expect(decide({ var: 'bare' }, { bare } as EvaluationContext)).toBe('GENERAL');
    const text = { toString: 'no function' };
    expect(decide({ var: 'text' }, { text })).toBe('GENERAL');
    expect(
      decide(
        {
          fractional: [
            ['on', 1],
            ['off', 1],
          ],
        },
        { targetingKey: bare } as never,
      ),
    ).toBe('GENERAL');
  });

  it('is left as it was', () => {
    const context = Object.freeze({ plan: 'pro', $flagd: Object.freeze({ flagKey: 'mine' }) });
    expect(decide({ if: [{ var: '' }, 'on', 'off'] }, context)).toBe('on');
    expect(context.$flagd).toEqual({ flagKey: 'mine' });
  });

  it.each([null, undefined])('that is %s is an empty one', (context) => {
    const ruleset = compile(targeted({ if: [{ var: 'plan' }, 'on', 'off'] }));
    const snapshot = createSnapshot(ruleset, context as unknown as EvaluationContext);
    expect(snapshot.resolve('flag').variant).toBe('off');
  });
});
