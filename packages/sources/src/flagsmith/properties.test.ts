import type { EvaluationContext } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import {
  all,
  condition,
  environment,
  feature,
  option,
  override,
  read,
  segment,
} from './fixtures/build.ts';
import type { FlagsmithDocument } from './index.ts';

/** An environment whose flag `f1` is enabled for whom the condition on a property holds. */
function asking(property: string | null, operator: string, operand?: string): FlagsmithDocument {
  const f2 = feature('f2', {
    feature_state_value: '007',
    multivariate_feature_state_values: [option('A', 10), option('B', 20)],
  });
  const rules = [all(condition(property, operator, operand))];
  return environment({
    features: [feature('f1'), f2],
    segments: [segment(1, rules, [override('f1', 'in')])],
  });
}

const holds = (document: FlagsmithDocument, context: EvaluationContext) =>
  read(document, 'f1', { targetingKey: 'jane', ...context }).enabled === true;
const isSet = (property: string | null, traits: object) =>
  holds(asking(property, 'IS_SET'), { traits: traits as EvaluationContext });
const equals = (property: string | null, operand: string, traits: object) =>
  holds(asking(property, 'EQUAL', operand), { traits: traits as EvaluationContext });

describe('a trait', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is only what the identity has of its own: %s',
    (name) => {
      for (const property of [name, `$.identity.traits.${name}`, `$.identity.traits['${name}']`]) {
        expect(isSet(property, {})).toBe(false);
        expect(equals(property, 'mine', Object.fromEntries([[name, 'mine']]))).toBe(true);
      }
      expect(isSet('plan', Object.create({ plan: 'inherited' }))).toBe(false);
    },
  );

  it('may be any attribute of the context, and those in `traits` go first', () => {
    const document = asking('plan', 'EQUAL', 'pro');
    expect(holds(document, { plan: 'pro' })).toBe(true);
    expect(holds(document, { traits: { plan: 'pro' } })).toBe(true);
    expect(holds(document, { plan: 'free', traits: { plan: 'pro' } })).toBe(true);
    expect(holds(document, { plan: 'pro', traits: { plan: 'free' } })).toBe(false);
    expect(holds(document, { plan: 'pro', traits: { other: 1 } })).toBe(true);
  });

  it.each(['targetingKey', 'traits'])('is not the attribute %s', (name) => {
    expect(holds(asking(name, 'IS_SET'), { traits: {} })).toBe(false);
    expect(equals(name, 'mine', { [name]: 'mine' })).toBe(true);
  });

  it.each([null, ''])(
    'may have no name, as that of a condition without a property: %j',
    (blank) => {
      expect(isSet(blank, {})).toBe(false);
      expect(equals(blank, 'x', { '': 'x' })).toBe(true);
      expect(holds(asking(blank, 'IS_NOT_SET'), {})).toBe(true);
    },
  );

  it('that is a date is its text', () => {
    const since = new Date('2026-01-02T03:04:05.678Z');
    expect(holds(asking('since', 'EQUAL', '2026-01-02T03:04:05.678Z'), { since })).toBe(true);
  });

  it('that says whether it is stored is its value', () => {
    expect(equals('plan', 'pro', { plan: { value: 'pro', transient: true } })).toBe(true);
    expect(equals('$.identity.traits.plan', 'pro', { plan: { value: 'pro' } })).toBe(true);
    expect(isSet('plan', { plan: { value: null } })).toBe(false);
  });
});

describe('a path', () => {
  it.each([
    ['$.identity.identifier', 'jane'],
    ['$.identity.key', 'ENV_jane'],
    ['$.environment.key', 'ENV'],
    ['$.environment.name', 'Test'],
    ['$.features.f1.name', 'f1'],
    ['$.features.f2.variants[0].weight', '10'],
    ['$.features.f2.variants[-1].weight', '20'],
    ['$.features.f2.variants[1:].weight', '20'],
    ['$.features.f2.variants[*].weight', '10'],
    ['$.features.f2..weight', '10'],
    ['$.features.f2.variants[?@.weight>15].weight', '20'],
    ['$.segments["1"].name', 's1'],
  ])('leads into the whole context: %s', (path, operand) => {
    expect(equals(path, operand, {})).toBe(true);
    expect(equals(path, `${operand}0`, {})).toBe(false);
  });

  it.each([
    ['$.identity.traits.first-name', { 'first-name': 'x' }, true],
    ["$.identity.traits['first name']", { 'first name': 'x' }, true],
    ["$.identity.traits['1st']", { '1st': 'x' }, true],
    ["$.identity.traits['a.b']", { 'a.b': 'x' }, true],
    ['$.identity.traits["x"]', { x: 'x' }, true],
    ['$.identity.traits.été', { été: 'x' }, true],
    ['$.identity.traits.a.b', { 'a.b': 'x' }, false],
    // No paths by the grammar, and so names of traits that nobody has.
    ['$.identity.traits.1st', { '1st': 'x' }, false],
    ['$.identity.traits.first name', { 'first name': 'x' }, false],
    ['$.identity.traits.😀', { '😀': 'x' }, false],
    ["$['identity']['identifier']", {}, false],
    ['$', {}, false],
    ['$.', {}, false],
  ])('%s finds a trait among %j: %j', (path, traits, expected) => {
    expect(isSet(path, traits)).toBe(expected);
  });

  it.each([
    '$.identity',
    '$.identity.traits',
    '$.features.f2.variants',
    '$.nobody',
    '$.identity.traits.nobody',
    '$.flags.f2.enabled',
    '$.identity[?unknown(@)]',
    '$.features.f2.variants[9007199254740993]',
  ])('to no single value finds nothing: %s', (path) => {
    expect(isSet(path, {})).toBe(false);
    expect(holds(asking(path, 'IS_NOT_SET'), {})).toBe(true);
  });

  it.each([[['a']], [{ a: 1 }], [[]]])(
    'to a trait that is a list or an object finds nothing, however it is written: %j',
    (trait) => {
      for (const path of ['$.identity.traits.t', '$.identity.traits.*', '$..traits.t']) {
        expect([path, isSet(path, { t: trait })]).toEqual([path, false]);
      }
    },
  );

  it.each(['$.identity.identifier', '$.identity.traits.1st', '$.identity[?unknown(@)]', '$'])(
    'goes after a trait of that very name: %s',
    (path) => {
      expect(equals(path, 'mine', { [path]: 'mine' })).toBe(true);
    },
  );

  it('is followed where the trait of its name is null', () => {
    const path = '$.identity.identifier';
    expect(equals(path, 'jane', { [path]: null })).toBe(true);
  });

  it('finds numbers where texts look like them', () => {
    expect(equals('$.features.f2.value', '7', {})).toBe(true);
    expect(equals('$.identity.traits.age', '18', { age: '018' })).toBe(true);
    const byIdentifier = asking('$.identity.identifier', 'EQUAL', '7');
    expect(holds(byIdentifier, { targetingKey: '007' })).toBe(true);
  });
});
