import { describe, expect, it } from 'vitest';
import { pythonText } from './dialect/python-text.ts';
import {
  all,
  condition,
  environment,
  exampleOf,
  override,
  read,
  segment,
} from './fixtures/build.ts';
import { percentageOf } from './fixtures/percentage-of.ts';
import { evaluateContext } from './index.ts';

describe('a share of the identities', () => {
  const isIn = (operand: string, targetingKey: string, id = 1) =>
    read(
      environment({
        segments: [
          segment(id, [all(condition('', 'PERCENTAGE_SPLIT', operand))], [override('f1', 'in')]),
        ],
      }),
      'f1',
      { targetingKey },
    ).value === 'in';

  it.each([
    ['50', 'user-17542', true],
    ['49.99', 'user-17542', false],
    ['0', 'user-2352', true],
    ['0', 'user-8254', false],
    ['99.98999799959992', 'user-2914', true],
    ['99.98', 'user-2914', false],
    ['100', 'user-2914', true],
    ['85.78', 'user-3790', false],
    ['85.79', 'user-3790', true],
    ['inf', 'user-2914', true],
    ['-1', 'user-2352', false],
    ['nan', 'user-2352', false],
    ['', 'user-2352', false],
    ['50%', 'user-2352', false],
    [' 5_0 ', 'user-17542', true],
  ])('%j includes its end: %s is in: %j', (operand, targetingKey, expected) => {
    expect(isIn(operand, targetingKey)).toBe(expected);
  });

  it.each([
    ['an operand', null],
    ['a number', 'x'],
  ])('without %s is empty', (_name, operand) => {
    const { document } = exampleOf({ property: '', operator: 'PERCENTAGE_SPLIT', operand });
    expect(read(document, 'f1', { targetingKey: 'user-2352' }).value).toBe('default');
  });

  it.each([
    ['a boolean', true, 'True'],
    ['a text that looks like a decimal', '1.0', '1.0'],
    ['a number', 1, '1'],
    ['a text that looks like an integer', '007', '7'],
    ['a text', 'Été', 'Été'],
    ['the empty text', '', ''],
    ['zero', 0, '0'],
    ['a small number', 1e-7, '1e-07'],
  ])('of %s goes by its text', (_name, t, text) => {
    expect(pythonText(t)).toBe(text);
    const end = percentageOf(['1', text]);
    for (const [operand, value] of [
      [end, 'override'],
      [end - 1e-9, 'default'],
    ] as const) {
      const { document } = exampleOf({
        operator: 'PERCENTAGE_SPLIT',
        operand: operand.toFixed(15),
      });
      expect(read(document, 'f1', { targetingKey: 'jane', t }).value).toBe(value);
    }
  });

  it('takes the key as it is, but what a path to it finds for a number where it looks like one', () => {
    const inSegment9 = (property: string, operand: string) => {
      const conditions = [{ property, operator: 'PERCENTAGE_SPLIT', value: operand }];
      const rules = [{ type: 'ALL', conditions } as const];
      const context = {
        environment: { key: 'ENV' },
        identity: { identifier: 'jane', key: '0042' },
        segments: { nine: { key: '9', name: 'nine', rules } },
      };
      return evaluateContext(context).segments.length === 1;
    };
    expect(inSegment9('', '38.0376075215043')).toBe(true);
    expect(inSegment9('', '38.03')).toBe(false);
    expect(inSegment9('$.identity.key', '7.791558311662332')).toBe(true);
    expect(inSegment9('$.identity.key', '7.79')).toBe(false);
  });

  it('without an identity is empty', () => {
    const rules = [
      { type: 'ALL', conditions: [{ operator: 'PERCENTAGE_SPLIT', property: '', value: '100' }] },
    ] as const;
    const segments = { one: { key: '1', name: 'one', rules } };
    expect(evaluateContext({ environment: { key: 'ENV' }, segments }).segments).toEqual([]);
  });
});
