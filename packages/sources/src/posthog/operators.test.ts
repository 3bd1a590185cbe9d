import { describe, expect, it } from 'vitest';
import { definitions, flagIf, property } from './fixtures/build.ts';
import { MISSING, match, read, UNSUPPORTED } from './fixtures/read.ts';

const test = (operator: string, value: unknown, given: unknown) =>
  match(property('p', operator, value as never), given);

const noText = Object.create(null) as object;

describe('operators on parts of texts', () => {
  it.each([
    ['icontains', 'SHOP', 'ann@shop.example', true],
    ['icontains', 'É', 'café', false],
    ['icontains', 'é', 'CAFé', true],
    ['icontains', '\u212a', 'k', false],
    ['icontains', '', 'x', true],
    ['icontains', 'null', null, true],
    ['icontains', 'a,b', ['x', 'a', 'b'], true],
    ['icontains', 'object', {}, true],
    ['icontains', 12, 'x123', true],
    ['not_icontains', 'shop', 'ann@else.example', true],
    ['not_icontains', 'shop', 'SHOP', false],
    ['starts_with', 'Ann', 'anna', true],
    ['starts_with', 'nn', 'anna', false],
    ['not_starts_with', 'nn', 'anna', true],
    ['ends_with', '.EXAMPLE', 'shop.example', true],
    ['not_ends_with', '.org', 'shop.example', true],
  ])('%s %j of %j: %s', (operator, value, given, expected) => {
    expect(test(operator, value, given)).toBe(expected);
  });
});

describe('operators on order', () => {
  it.each([
    ['gt', 9, '10', true],
    ['gt', '9', '10', true],
    ['gt', '10', 9, false],
    ['gte', '7', '7px', true],
    ['gt', '0x10', 1, true],
    ['lt', '1e3', 999, true],
    ['lte', 5, 5, true],
    ['lt', 'b', 'a', true],
    ['lt', 5, 'abc', false],
    ['gt', 2000, '2022-01-01', true],
    ['gt', 1, Number.NaN, true],
    ['gt', 'Infinity', 5, false],
    ['gt', 1, true, true],
    ['gt', 0, null, false],
    ['lte', 0, undefined, UNSUPPORTED],
  ])('%s %j of %j: %s', (operator, value, given, expected) => {
    expect(test(operator, value, given)).toBe(expected);
  });
});

describe('operators on presence', () => {
  it.each([
    ['is_set', '', true],
    ['is_set', null, true],
    ['is_set', undefined, true],
    ['is_not_set', 'x', false],
    ['is_not_set', undefined, false],
  ])('%s of %j: %s', (operator, given, expected) => {
    expect(test(operator, operator, given)).toBe(expected);
  });

  it.each([
    ['is_set', 'x', MISSING],
    ['is_not_set', 'x', MISSING],
    ['exact', 'x', MISSING],
    ['is_not', 'x', MISSING],
    ['exact', 1, UNSUPPORTED],
    ['gt', 1, MISSING],
    ['regex', '(', MISSING],
    ['is_date_before', 'never', UNSUPPORTED],
    ['semver_gt', 'x', UNSUPPORTED],
    ['in', 'x', UNSUPPORTED],
  ])('%s %j of a property that is not there: %s', (operator, value, expected) => {
    const written = definitions([flagIf('f1', property('p', operator, value))]);
    expect(read(written, 'f1')).toBe(expected);
  });
});

describe('whatever the operator', () => {
  it.each(['in', 'between', 'EXACT', 'toString'])('%s is none', (operator) => {
    expect(test(operator, 'x', 'x')).toBe(UNSUPPORTED);
    expect(test(operator, 'x', null)).toBe(false);
  });

  it.each(['', null, undefined, false])('without one (%j) it is exact', (operator) => {
    expect(match({ key: 'p', value: 'x', operator: operator as never }, 'X')).toBe(true);
  });

  it.each(['icontains', 'starts_with', 'regex', 'gt', 'semver_eq'])(
    '%s of what has no text is left to PostHog',
    (operator) => {
      expect(test(operator, '1.2.3', noText)).toBe(UNSUPPORTED);
    },
  );
});

describe('properties', () => {
  const isX = (key: string) => definitions([flagIf('f1', property(key, 'exact', 'x'))]);

  it('are the context’s own', () => {
    for (const key of ['toString', '__proto__', 'constructor']) {
      expect(read(isX(key), 'f1'), key).toBe(MISSING);
      const own = JSON.parse(`{"${key}":"x"}`);
      expect(read(isX(key), 'f1', own), key).toBe(true);
    }
    const heir = Object.create({ plan: 'x' });
    expect(read(isX('plan'), 'f1', heir)).toBe(MISSING);
  });

  it('are read from contexts with any prototype', () => {
    class Visitor {
      targetingKey = 'user-1';
      plan = 'x';
    }
    expect(read(isX('plan'), 'f1', Object.assign(Object.create(null), { plan: 'x' }))).toBe(true);
    expect(read(isX('plan'), 'f1', new Visitor() as never)).toBe(true);
  });

  it('are not what contexts keep for themselves', () => {
    expect(read(isX('targetingKey'), 'f1', { targetingKey: 'x' })).toBe(MISSING);
    expect(read(isX('groups'), 'f1', { groups: 'x' })).toBe(MISSING);
  });

  it('have the distinct id among them, unless they say otherwise', () => {
    expect(read(isX('distinct_id'), 'f1', { targetingKey: 'x' })).toBe(true);
    expect(read(isX('distinct_id'), 'f1', { targetingKey: 'x', distinct_id: 'y' })).toBe(false);
  });
});
