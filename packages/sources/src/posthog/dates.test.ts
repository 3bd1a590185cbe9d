import { createSnapshot } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { definitions, flagIf, property } from './fixtures/build.ts';
import { MISSING, match, UNSUPPORTED } from './fixtures/read.ts';
import { compile } from './index.ts';

const before = (value: unknown, given: unknown) =>
  match(property('joined', 'is_date_before', value as never), given);
const after = (value: unknown, given: unknown) =>
  match(property('joined', 'is_date_after', value as never), given);

describe('dates', () => {
  it.each([
    ['2024-03-31', '2024-03-30T23:59:59.999Z', true],
    ['2024-03-31', '2024-03-31', false],
    ['2024-03-31T00:00:00Z', '2024-03-31T01:00:00+02:00', true],
    ['2024-03-31', 0, true],
    [1, 0, true],
    ['2024-03-31', new Date(0), true],
    ['2024-03-31', new Date(Number.NaN), false],
    ['05/01/2022', '2022-04-30', true],
    ['2024-03-31', 'soon', MISSING],
    ['2024-03-31', true, MISSING],
    ['2024-03-31', ['2020-01-01'], MISSING],
    ['2024-03-31', '-3d', MISSING],
    ['2024-03-31', null, false],
    ['soon', '2020-01-01', UNSUPPORTED],
    ['soon', 'never', UNSUPPORTED],
    [true, '2020-01-01', UNSUPPORTED],
    [null, '2020-01-01', UNSUPPORTED],
    [['2024'], '2020-01-01', UNSUPPORTED],
  ])('%j is after %j: %s', (value, given, expected) => {
    expect(before(value, given)).toBe(expected);
  });

  // Seen from noon of 31 March 2024.
  it.each([
    ['-1h', '2024-03-31T11:00:00Z'],
    ['1h', '2024-03-31T11:00:00Z'],
    ['-0d', '2024-03-31T12:00:00Z'],
    ['-31d', '2024-02-29T12:00:00Z'],
    ['-2w', '2024-03-17T12:00:00Z'],
    ['-1m', '2024-02-29T12:00:00Z'],
    ['-2m', '2024-01-29T12:00:00Z'],
    ['-13m', '2023-02-28T12:00:00Z'],
    ['-1y', '2023-03-31T12:00:00Z'],
    ['-9999y', '-007975-03-31T12:00:00Z'],
  ])('%s is exactly %s', (value, instant) => {
    const time = Date.parse(instant);
    expect([before(value, time - 1), before(value, time)]).toEqual([true, false]);
    expect([after(value, time + 1), after(value, time)]).toEqual([true, false]);
  });

  it.each(['-1M', '10000d', '3 d', '--1d', '1.5d', '-3D'])('%s is not relative', (value) => {
    const expected = Number.isNaN(new Date(value).getTime()) ? UNSUPPORTED : expect.any(Boolean);
    expect(before(value, 0)).toEqual(expected);
  });

  it('go back from a leap day to the day before it, and stay there', () => {
    const now = Date.UTC(2024, 1, 29);
    const ruleset = compile(
      definitions([flagIf('f1', property('joined', 'is_date_after', '-4y'))]),
    );
    const joined = (time: number) =>
      createSnapshot(ruleset, { targetingKey: 'ann', joined: time }, { now }).resolve('f1').value;
    const then = Date.UTC(2020, 1, 28);
    expect([joined(then), joined(then + 1)]).toEqual([false, true]);
  });

  it('that are relative cannot be told where nobody has a clock', () => {
    const ruleset = compile(
      definitions([flagIf('f1', property('joined', 'is_date_after', '-1d'))]),
    );
    const { remote } = createSnapshot(ruleset, { targetingKey: 'ann', joined: 0 }).resolve('f1');
    expect(remote).toEqual({ kind: 'inconclusive', cause: 'missing_context' });
  });
});
