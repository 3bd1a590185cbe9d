import { describe, expect, it } from 'vitest';
import { property } from './fixtures/build.ts';
import { MISSING, match, UNSUPPORTED } from './fixtures/read.ts';

const test = (operator: string, value: unknown, given: unknown) =>
  match(property('version', `semver_${operator}`, value as never), given);

describe('versions', () => {
  it.each([
    ['eq', '1.2.3', '1.2.3', true],
    ['eq', '1.2.3', 'v1.2.3', true],
    ['eq', '1.2.3', ' V1.2.3-rc.1+build ', true],
    ['eq', '1.2', '1.2.0.9', true],
    ['eq', '1', '1..', true],
    ['eq', 1.5, '1.5', true],
    ['neq', '1.2.3', '1.2.4', true],
    ['gt', '1.9.0', '1.10.0', true],
    ['gte', '1.2.3', '1.2.3', true],
    ['lt', '2', '1.99.99', true],
    ['lte', '1.0.0', '1.0.1', false],
    ['eq', '99999999999999999999', '99999999999999999999.0.0', true],
    ['tilde', '1.2.3', '1.2.9', true],
    ['tilde', '1.2.3', '1.3.0', false],
    ['tilde', '1.2.3', '1.2.2', false],
    ['caret', '1.2.3', '1.99.0', true],
    ['caret', '1.2.3', '2.0.0', false],
    ['caret', '0.2.3', '0.2.9', true],
    ['caret', '0.2.3', '0.3.0', false],
    ['caret', '0.0.3', '0.0.3', true],
    ['caret', '0.0.3', '0.0.4', false],
    ['wildcard', '1.*', '1.9.9', true],
    ['wildcard', '1.2.*', '1.3.0', false],
    ['wildcard', '1.2*', '1.2.7', true],
    ['wildcard', '1.2.3.*', '1.2.9', true],
    ['wildcard', '1', '1.4.0', true],
  ])('%s %j of %j: %s', (operator, value, given, expected) => {
    expect(test(operator, value, given)).toBe(expected);
  });

  it.each(['', 'x', '.1', '1.02', '01', '1.2.x', '-1', 'vv1', '1 .2'])('%j is none', (text) => {
    expect(test('eq', '1.2.3', text)).toBe(MISSING);
    expect(test('eq', text, '1.2.3')).toBe(UNSUPPORTED);
    expect(test('eq', text, 'x')).toBe(UNSUPPORTED);
    expect(test('caret', text, '1.2.3')).toBe(UNSUPPORTED);
  });

  it.each(['*', '1.', '1.*.*', '', 'v', '01.*', '1.x.*'])('%j is no range', (text) => {
    expect(test('wildcard', text, '1.2.3')).toBe(UNSUPPORTED);
  });

  it('are null for nobody', () => {
    expect(test('eq', 'x', null)).toBe(false);
    expect(test('wildcard', '*', null)).toBe(false);
  });
});
