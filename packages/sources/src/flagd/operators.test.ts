import { describe, expect, it } from 'vitest';
import { decide } from './fixtures/read.ts';

describe('starts_with and ends_with', () => {
  it.each([
    ['abcdef', 'true', 'false'],
    ['uvwxyz', 'false', 'true'],
    ['abcxyz', 'true', 'true'],
    ['', 'false', 'false'],
    ['ABC', 'false', 'false'],
  ])('look at %j', (id, starts, ends) => {
    expect(decide({ starts_with: [{ var: 'id' }, 'abc'] }, { id })).toBe(starts);
    expect(decide({ ends_with: [{ var: 'id' }, 'xyz'] }, { id })).toBe(ends);
  });

  it('take their arguments from a list, too', () => {
    expect(decide({ starts_with: { var: 'pair' } }, { pair: ['abc', 'a'] })).toBe('true');
  });

  it.each([
    ['too few arguments', ['abc']],
    ['too many arguments', ['abc', 'a', 'b']],
    ['no list of arguments', 'abc'],
    ['a number', [{ var: 'num' }, '1']],
    ['nothing', [{ var: 'nobody' }, 'a']],
    ['a part that is no text', ['abc', { var: 'num' }]],
  ])('answer null for %s', (_name, args) => {
    expect(decide({ starts_with: args }, { num: 123 })).toBeUndefined();
    expect(decide({ ends_with: args }, { num: 123 })).toBeUndefined();
  });

  it('work inside iterators', () => {
    const rule = { some: [{ var: 'roles' }, { starts_with: [{ var: '' }, 'admin'] }] };
    expect(decide(rule, { roles: ['user', 'admin-eu'] })).toBe('true');
    expect(decide(rule, { roles: ['user'] })).toBe('false');
  });
});

describe('sem_ver', () => {
  const compare = (a: unknown, operator: unknown, b: unknown) =>
    decide({ sem_ver: [{ var: 'a' }, operator, b] }, { a } as never);

  it.each([
    ['1.2.3', '=', '1.2.3', 'true'],
    ['1.2.3', '!=', '1.2.3', 'false'],
    ['1.2.3', '<', '1.10.0', 'true'],
    ['1.2.3', '<=', '1.2.3', 'true'],
    ['2.0.0', '>', '1.99.99', 'true'],
    ['2.0.0', '>=', '2.0.1', 'false'],
    ['3.9.1', '^', '3.0.0', 'true'],
    ['4.0.0', '^', '3.0.0', 'false'],
    ['3.0.9', '~', '3.0.0', 'true'],
    ['3.1.0', '~', '3.0.0', 'false'],
  ])('%s %s %s is %s', (a, operator, b, expected) => {
    expect(compare(a, operator, b)).toBe(expected);
  });

  it('puts pre-releases before the release and compares them by their parts', () => {
    expect(compare('2.0.0-alpha', '<', '2.0.0')).toBe('true');
    expect(compare('2.0.0-alpha.2', '<', '2.0.0-alpha.10')).toBe('true');
    expect(compare('2.0.0-alpha.1', '<', '2.0.0-alpha.beta')).toBe('true');
  });

  it('ignores build metadata', () => {
    expect(compare('1.0.0+one', '=', '1.0.0+two')).toBe('true');
  });

  it.each([['v1.2.3'], ['V1.2.3'], [' 1.2.3 ']])('reads %j as 1.2.3', (version) => {
    expect(compare(version, '=', '1.2.3')).toBe('true');
  });

  it('reads numbers of any length that is exact', () => {
    expect(compare('1.0.9007199254740991', '>', '1.0.999999999')).toBe('true');
    expect(compare('0.10.1234567890', '=', '0.10.1234567890')).toBe('true');
    expect(compare('10.20.30', '<', '10.20.31')).toBe('true');
  });

  it('completes short versions and reads numbers', () => {
    expect(compare('1', '=', '1.0.0')).toBe('true');
    expect(compare('1.2', '=', 'v1.2')).toBe('true');
    expect(compare(1.2, '=', '1.2.0')).toBe('true');
    expect(compare(2, '>', '1.9')).toBe('true');
  });

  it.each([
    ['no version', 'one', '=', '1.0.0'],
    ['four parts', '2.0.0.0', '=', '2.0.0'],
    ['leading zeros', '01.0.0', '=', '1.0.0'],
    ['leading zeros further on', '1.0.00', '=', '1.0.0'],
    ['an empty part', '1..0', '=', '1.0.0'],
    ['an empty last part', '1.0.', '=', '1.0.0'],
    ['an empty first part', '.1.0', '=', '0.1.0'],
    ['numbers beyond the safe integers', '1.0.9007199254740993', '>', '1.0.0'],
    ['a missing attribute', undefined, '=', '1.0.0'],
    ['a boolean', true, '=', '1.0.0'],
    ['an unreadable bound', '1.0.0', '=', 'one'],
    ['an unknown operator', '1.0.0', '===', '1.0.0'],
    ['an overlong text', `1.0.0-${'a'.repeat(300)}`, '>', '0.1.0'],
  ])('answers null for %s', (_name, a, operator, b) => {
    expect(compare(a, operator, b)).toBeUndefined();
  });

  it('answers null for another number of arguments', () => {
    expect(decide({ sem_ver: ['1.0.0', '='] })).toBeUndefined();
    expect(decide({ sem_ver: ['1.0.0', '=', '1.0.0', '1.0.0'] })).toBeUndefined();
    expect(decide({ sem_ver: '1.0.0' })).toBeUndefined();
  });

  it('compares two attributes', () => {
    const rule = { sem_ver: [{ var: 'a' }, { var: 'operator' }, { var: 'b' }] };
    expect(decide(rule, { a: '1.0.0', operator: '<', b: '1.0.1' })).toBe('true');
  });
});
