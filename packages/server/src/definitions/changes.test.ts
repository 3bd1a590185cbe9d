import { describe, expect, it } from 'vitest';
import { type PlainDocument, PlainRuleset } from '../fixtures/plain-source.ts';
import { changedFlags } from './changes.ts';

const changes = (before: PlainDocument, after: PlainDocument) =>
  changedFlags(new PlainRuleset(before), new PlainRuleset(after));

describe('the flags that changed', () => {
  it('are all of them when there were none before', () => {
    expect(changedFlags(undefined, new PlainRuleset({ a: { value: 1 }, b: {} }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('are those added, removed and defined differently', () => {
    const before = { same: { value: 1 }, changed: { value: 1 }, removed: { value: 1 } };
    const after = { added: { value: 1 }, changed: { value: 2 }, same: { value: 1 } };
    expect(changes(before, after)).toEqual(['added', 'changed', 'removed']);
  });

  it.each<[string, PlainDocument[string], PlainDocument[string]]>([
    ['a property less', { value: 1, variant: 'on' }, { value: 1 }],
    ['a property more', { value: 1 }, { value: 1, variant: 'on' }],
    ['another property of the same number', { value: 1 }, { variant: 'on' }],
    ['another type', { value: 1 }, { value: '1' }],
    ['an array in place of an object', { value: {} }, { value: [] }],
    ['null in place of an object', { value: null }, { value: {} }],
    ['another order of an array', { value: [1, 2] }, { value: [2, 1] }],
    ['a longer array', { value: [1] }, { value: [1, 1] }],
    ['an inherited property', { value: { toString: 1 } }, { value: { a: 1 } }],
  ])('include one with %s', (_name, before, after) => {
    expect(changes({ flag: before }, { flag: after })).toEqual(['flag']);
  });

  it('do not include one whose properties are in another order', () => {
    const before = { flag: { value: { a: 1, b: [{ c: null, d: 'x' }] } } };
    const after = { flag: { value: { b: [{ d: 'x', c: null }], a: 1 } } };
    expect(changes(before, after)).toEqual([]);
  });

  it('are found under any key', () => {
    const odd = { ['__proto__']: { value: 1 }, constructor: { value: 1 } };
    expect(changes(odd, { ...odd, constructor: { value: 2 } })).toEqual(['constructor']);
  });

  it('are all of them when the ruleset does not tell what defines a flag', () => {
    const silent = (value: number) =>
      Object.assign(new PlainRuleset({ flag: { value } }), { definitionOf: undefined });
    expect(changedFlags(silent(1), silent(1))).toEqual(['flag']);
  });

  it('include those that cannot be compared', () => {
    const cyclic: { value?: unknown } = {};
    cyclic.value = cyclic;
    const ruleset = () =>
      Object.assign(new PlainRuleset({ flag: {} }), {
        definitionOf: () => ({ ...cyclic, fresh: { ...cyclic } }),
      });
    const throwing = Object.assign(new PlainRuleset({ flag: {} }), {
      definitionOf() {
        throw new Error('no');
      },
    });
    expect(changedFlags(throwing, ruleset())).toEqual(['flag']);
  });
});
