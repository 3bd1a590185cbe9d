import { describe, expect, it } from 'vitest';
import {
  type ErrorCode,
  errorResolution,
  flagNotFound,
  flagValueType,
  type Resolution,
  type SelectValue,
  toDetails,
} from './index.ts';

/** A backend that answers with the value, when it is of the type asked for. */
const select: SelectValue = ({ value }, type) =>
  type === undefined || flagValueType(value) === type ? value : undefined;

const split: Resolution = {
  value: 'red',
  variant: 'treatment',
  reason: 'SPLIT',
  flagMetadata: { owner: 'shop' },
};

describe('a read that succeeds', () => {
  it('gives value, variant, reason and metadata', () => {
    expect(toDetails('color', 'blue', split, select)).toEqual({
      flagKey: 'color',
      value: 'red',
      variant: 'treatment',
      reason: 'SPLIT',
      flagMetadata: { owner: 'shop' },
    });
  });

  it.each([
    [true, false],
    ['', 'text'],
    [0, 1],
    [{ a: [1] }, {}],
    [[1, 2], []],
    [[], {}],
  ])('gives the value %j for the default %j', (value, defaultValue) => {
    const details = toDetails<unknown>('f', defaultValue, { value, reason: 'STATIC' }, select);
    expect(details.value).toBe(value);
    expect(details.errorCode).toBeUndefined();
  });

  it.each([null, undefined])('accepts a value of any type for the default %s', (defaultValue) => {
    for (const value of [false, 'red', 0, { a: 1 }, [1], null]) {
      const details = toDetails<unknown>('f', defaultValue, { value, reason: 'STATIC' }, select);
      expect(details).toMatchObject({ value, reason: 'STATIC' });
    }
  });

  it('has metadata, if only empty metadata that nobody can change', () => {
    const { flagMetadata } = toDetails('f', 1, { value: 2, reason: 'STATIC' }, select);
    expect(flagMetadata).toEqual({});
    expect(Object.isFrozen(flagMetadata)).toBe(true);
  });

  it('gives what the backend selects, not the value as such', () => {
    const onOff: SelectValue = ({ enabled }, type) => (type === 'boolean' ? enabled : undefined);
    const resolution: Resolution = { value: 'red', enabled: true, reason: 'STATIC' };
    expect(toDetails('f', false, resolution, onOff)).toMatchObject({ value: true });
  });
});

describe('a read of another type', () => {
  it.each([
    [true, 'text', 'was read as string but has a value of type boolean'],
    ['red', 1, 'was read as number but has a value of type string'],
    [1, false, 'was read as boolean but has a value of type number'],
    [{}, 'text', 'was read as string but has a value of type object'],
    [null, 'text', 'was read as string but has no such value'],
  ])('of %j with the default %j ends in the default', (value, defaultValue, message) => {
    const resolution: Resolution = { ...split, value };
    expect(toDetails<unknown>('color', defaultValue, resolution, select)).toEqual({
      flagKey: 'color',
      value: defaultValue,
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
      errorMessage: expect.stringContaining(`flag "color" ${message}`),
      flagMetadata: { owner: 'shop' },
    });
  });

  it.each<Resolution>([
    { enabled: true, reason: 'STATIC' },
    { payload: { a: 1 }, reason: 'STATIC' },
  ])('of a flag with nothing but %j is a mismatch too', (resolution) => {
    expect(toDetails('f', 'text', resolution, select)).toMatchObject({
      value: 'text',
      errorCode: 'TYPE_MISMATCH',
    });
  });

  it('does not say that a list is an object to a backend that takes it for none', () => {
    const noLists: SelectValue = ({ value }, type) =>
      type === undefined || (type === 'object' && !Array.isArray(value)) ? value : undefined;
    const { errorMessage } = toDetails('f', {}, { value: [1], reason: 'STATIC' }, noLists);
    expect(errorMessage).toBe(
      'flag "f" was read as object but has a value that its backend does not take for one: read it with null as its default',
    );
  });

  it('says so when no type was asked for and there is still nothing', () => {
    const details = toDetails('f', null, { enabled: true, reason: 'STATIC' }, select);
    expect(details.errorCode).toBe('TYPE_MISMATCH');
    expect(details.errorMessage).toBe('flag "f" was read without a type but has no value');
  });
});

describe('a flag without a value', () => {
  it.each(['DISABLED', 'DEFAULT'] as const)('that is %s gives the default, no error', (reason) => {
    const details = toDetails('f', 'mine', { reason, flagMetadata: { a: 1 } }, select);
    const flagMetadata = { a: 1 };
    expect(details).toEqual({ flagKey: 'f', value: 'mine', reason, flagMetadata, isDefault: true });
  });

  it('but for one that the source has made up gives that, and says so', () => {
    const resolution = { value: 'made up', reason: 'DEFAULT', isDefault: true } as const;
    expect(toDetails('f', 'mine', resolution, select)).toMatchObject({
      value: 'made up',
      isDefault: true,
    });
    const own = toDetails('f', 'mine', { value: 'mine', reason: 'STATIC' }, select);
    expect(own).not.toHaveProperty('isDefault');
  });
});

describe('a resolution with an error', () => {
  it.each<ErrorCode>(['PROVIDER_NOT_READY', 'PARSE_ERROR', 'GENERAL', 'INVALID_CONTEXT'])(
    'gives the default with %s',
    (errorCode) => {
      const resolution = errorResolution(errorCode, 'because', { a: 1 });
      expect(toDetails('f', 7, resolution, select)).toEqual({
        flagKey: 'f',
        value: 7,
        reason: 'ERROR',
        errorCode,
        errorMessage: 'because',
        flagMetadata: { a: 1 },
      });
    },
  );

  it('gives the default even when it carries a value', () => {
    const resolution: Resolution = { ...errorResolution('GENERAL', 'because'), value: 'red' };
    expect(toDetails('f', 'mine', resolution, select).value).toBe('mine');
  });

  it('names the key that was not found', () => {
    expect(toDetails('__proto__', true, flagNotFound('__proto__'), select)).toMatchObject({
      value: true,
      reason: 'ERROR',
      errorCode: 'FLAG_NOT_FOUND',
      errorMessage: 'flag "__proto__" was not found',
    });
  });
});

it('gives the default when the backend fails to select', () => {
  const broken: SelectValue = () => {
    throw new Error('bad payload');
  };
  expect(toDetails('f', 'mine', split, broken)).toMatchObject({
    value: 'mine',
    reason: 'ERROR',
    errorCode: 'GENERAL',
    errorMessage: 'flag "f" could not be read: bad payload',
  });
});

it('returns the default itself, not a copy', () => {
  const defaultValue = { a: 1 };
  expect(toDetails('f', defaultValue, flagNotFound('f'), select).value).toBe(defaultValue);
});

describe('flagValueType', () => {
  it.each([
    [true, 'boolean'],
    ['', 'string'],
    [Number.NaN, 'number'],
    [{}, 'object'],
    [[], 'object'],
    [null, undefined],
    [undefined, undefined],
    [1n, undefined],
    [Symbol('s'), undefined],
    [() => {}, undefined],
  ])('of %s is %s', (value, expected) => {
    expect(flagValueType(value)).toBe(expected);
  });
});
