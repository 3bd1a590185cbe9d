import type { EvaluationContext } from '@halyard/core';
import { createSnapshot, murmur3x86_32 } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { decide, targeted } from './fixtures/read.ts';
import { compile } from './index.ts';

const jane = { targetingKey: 'jane' };

/** The bucket by the specification's formula, in exact arithmetic. */
function bucketOf(key: string, total: number): number {
  return Number((BigInt(murmur3x86_32(key)) * BigInt(total)) >> 32n);
}

describe('the bucket key', () => {
  const halves = [
    ['red', 50],
    ['blue', 50],
  ];
  const half = (key: string) => (bucketOf(key, 100) < 50 ? 'red' : 'blue');
  const names = Array.from({ length: 40 }, (_, i) => `user-${i}`);

  it('is the first argument when that is a text', () => {
    for (const name of names) {
      expect(decide({ fractional: [name, ...halves] })).toBe(half(name));
      expect(decide({ fractional: [{ var: 'email' }, ...halves] }, { email: name })).toBe(
        half(name),
      );
    }
  });

  it('is flag key and targeting key otherwise', () => {
    for (const targetingKey of names) {
      expect(decide({ fractional: halves }, { targetingKey })).toBe(half(`flag${targetingKey}`));
    }
  });

  it.each([[{}], [{ targetingKey: '' }], [Object.create({ targetingKey: 'inherited' })]])(
    'is missing without an own targeting key (%j), and nobody is assigned',
    (context: EvaluationContext) => {
      expect(decide({ fractional: halves }, context)).toBeUndefined();
      expect(decide({ fractional: [['red', 100]] }, context)).toBeUndefined();
    },
  );

  it('may be the empty text', () => {
    expect(decide({ fractional: ['', ...halves] })).toBe(half(''));
  });

  it('is hashed as UTF-8', () => {
    for (const targetingKey of ['jané', '日本', '😀', '\ud800']) {
      expect(decide({ fractional: halves }, { targetingKey })).toBe(half(`flag${targetingKey}`));
    }
  });

  it('that is no text makes the argument a bad entry', () => {
    const rule = { fractional: [{ var: 'age' }, ...halves] };
    expect(decide(rule, { ...jane, age: 5 })).toBeUndefined();
    expect(decide(rule, jane)).toBeUndefined();
  });

  it('is the context’s also inside iterators', () => {
    const rule = { some: [[1], { '==': [{ fractional: [['red']] }, 'red'] }] };
    expect(decide(rule, jane)).toBe('true');
  });
});

describe('the bucket', () => {
  it.each([100, 3, 1_000_003, 2_147_483_647])('is exact for a total weight of %d', (total) => {
    for (let i = 0; i < 300; i++) {
      const key = `key-${i}`;
      const bound = bucketOf(key, total);
      // The boundary lies right behind the bucket, then right on it.
      const behind = [key, ['red', bound + 1], ['blue', total - bound - 1]];
      expect(decide({ fractional: behind })).toBe('red');
      expect(decide({ fractional: [key, ['red', bound], ['blue', total - bound]] })).toBe('blue');
    }
  });

  it('is exact where a product in floating point would be one too high', () => {
    const total = 2_147_483_647;
    const bound = bucketOf('key-799523', total);
    expect(Math.floor((murmur3x86_32('key-799523') * total) / 2 ** 32)).toBe(bound + 1);
    const rule = { fractional: ['key-799523', ['red', bound + 1], ['blue', total - bound - 1]] };
    expect(decide(rule)).toBe('red');
  });

  it('spreads subjects by the weights', () => {
    const ruleset = compile(
      targeted({
        fractional: [
          ['red', 1],
          ['blue', 3],
        ],
      }),
    );
    let red = 0;
    for (let i = 0; i < 10_000; i++) {
      const { variant } = createSnapshot(ruleset, { targetingKey: `user-${i}` }).resolve('flag');
      if (variant === 'red') red++;
    }
    expect(red).toBeGreaterThan(2_300);
    expect(red).toBeLessThan(2_700);
  });
});

describe('an entry', () => {
  it('has weight 1 when it names none', () => {
    expect(decide({ fractional: [['red'], ['blue', 0]] }, jane)).toBe('red');
  });

  it('with a negative weight gets nobody', () => {
    expect(
      decide(
        {
          fractional: [
            ['red', -50],
            ['blue', 1],
          ],
        },
        jane,
      ),
    ).toBe('blue');
  });

  it('may be computed, and so may its weight', () => {
    const rule = {
      fractional: [
        [{ var: 'color' }, { if: [{ var: 'beta' }, 1, 0] }],
        ['off', { '-': [1, { var: 'beta' }] }],
      ],
    };
    expect(decide(rule, { ...jane, color: 'red', beta: 1 })).toBe('red');
    expect(decide(rule, { ...jane, color: 'red', beta: 0 })).toBe('off');
  });

  it('may be a value that an enclosing rule tests', () => {
    const rule = (share: number) => ({
      if: [
        {
          fractional: [
            [true, share],
            [false, 1 - share],
          ],
        },
        'on',
        'off',
      ],
    });
    expect(decide(rule(1), jane)).toBe('on');
    expect(decide(rule(0), jane)).toBe('off');
  });

  it('may be null, which decides for the default', () => {
    expect(decide({ fractional: [[null, 1]] }, jane)).toBeUndefined();
  });

  it.each([
    ['is no list', ['red', 1], 'blue'],
    ['is empty', ['red', 1], []],
    ['has three parts', ['red', 1], ['blue', 1, 1]],
    ['has a fraction as weight', ['red', 1], ['blue', 0.5]],
    ['has a text as weight', ['red', 1], ['blue', '1']],
    ['has null as weight', ['red', 1], ['blue', null]],
    ['has an object as variant', ['red', 1], [{}, 1]],
    ['has a list as variant', ['red', 1], [['blue'], 1]],
    ['has an attribute as weight that is no number', ['red', 1], ['blue', { var: 'targetingKey' }]],
  ])('that %s makes the whole rollout answer null', (_name, ...entries) => {
    expect(decide({ fractional: entries }, jane)).toBeUndefined();
    expect(decide({ fractional: ['key', ...entries] }, jane)).toBeUndefined();
  });
});

describe('a rollout', () => {
  it('without any weight assigns nobody', () => {
    expect(
      decide(
        {
          fractional: [
            ['red', 0],
            ['blue', 0],
          ],
        },
        jane,
      ),
    ).toBeUndefined();
    expect(decide({ fractional: [] }, jane)).toBeUndefined();
    expect(decide({ fractional: ['key'] }, jane)).toBeUndefined();
    expect(decide({ fractional: 'key' }, jane)).toBeUndefined();
  });

  it('whose weights exceed 2147483647 assigns nobody', () => {
    expect(
      decide(
        {
          fractional: [
            ['red', 2_147_483_647],
            ['blue', 0],
          ],
        },
        jane,
      ),
    ).toBe('red');
    expect(
      decide(
        {
          fractional: [
            ['red', 2_147_483_647],
            ['blue', 1],
          ],
        },
        jane,
      ),
    ).toBeUndefined();
  });

  it('may come from an attribute', () => {
    const rule = { fractional: { var: 'rollout' } };
    expect(decide(rule, { ...jane, rollout: [['red', 1]] })).toBe('red');
    expect(decide(rule, { ...jane, rollout: ['key', ['blue', 1]] })).toBe('blue');
    expect(decide(rule, jane)).toBeUndefined();
  });
});
