import { createContext, runInContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { HalyardError, isHalyardError, messageOf } from './index.ts';

const throwing = () => {
  throw new Error('trap');
};
const hostile = new Proxy({}, { get: throwing, has: throwing, getPrototypeOf: throwing });

describe('HalyardError', () => {
  it('says which part failed and how', () => {
    const cause = new Error('ENOENT');
    const error = new HalyardError('flagd', 'INVALID_DEFINITIONS', 'no flags. Add some.', {
      cause,
    });
    expect(error.message).toBe('[halyard] [flagd] no flags. Add some.');
    expect(error).toMatchObject({
      name: 'HalyardError',
      part: 'flagd',
      code: 'INVALID_DEFINITIONS',
    });
    expect(error.cause).toBe(cause);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('HalyardError: [halyard] [flagd] no flags. Add some.');
  });

  it('shows its code and part, and no more, when it is listed', () => {
    const error = new HalyardError('flagd', 'CLOSED', 'm');
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'HalyardError',
      code: 'CLOSED',
      part: 'flagd',
    });
  });
});

describe('isHalyardError', () => {
  it('recognises errors of this module and of another copy of it', async () => {
    expect(isHalyardError(new HalyardError('a', 'CLOSED', 'm'))).toBe(true);
    vi.resetModules();
    const copy = await import('./errors.ts');
    expect(copy.HalyardError).not.toBe(HalyardError);
    const foreign = new copy.HalyardError('a', 'CLOSED', 'm');
    expect(foreign).not.toBeInstanceOf(HalyardError);
    expect(isHalyardError(foreign)).toBe(true);
  });

  it.each([
    new Error('m'),
    Object.assign(new Error('m'), { name: 'HalyardError', code: 'CLOSED', part: 'a' }),
    {},
    null,
    undefined,
    'HalyardError',
    () => {},
  ])('does not take %s for one', (thrown) => {
    expect(isHalyardError(thrown)).toBe(false);
  });

  it('does not throw on hostile values', () => {
    expect(isHalyardError(hostile)).toBe(false);
  });
});

describe('messageOf', () => {
  it.each([
    [new Error('broken'), 'broken'],
    [new TypeError(''), 'TypeError'],
    [new HalyardError('a', 'CLOSED', 'm'), '[halyard] [a] m'],
    ['text', 'text'],
    ['', ''],
    [404, '404'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [{ message: 'like an error' }, 'like an error'],
    [{ message: 7, toString: () => 'itself' }, 'itself'],
  ])('of %s is %j', (thrown, expected) => {
    expect(messageOf(thrown)).toBe(expected);
  });

  it('reads errors of other realms', () => {
    const foreign = runInContext("new Error('elsewhere')", createContext());
    expect(foreign).not.toBeInstanceOf(Error);
    expect(messageOf(foreign)).toBe('elsewhere');
  });

  it.each([
    ['a proxy', hostile],
    ['a throwing getter', Object.defineProperty({}, 'message', { get: throwing })],
    ['a throwing toString', { toString: throwing }],
    ['a toString that gives no text', { toString: () => ({}) }],
    ['no prototype', Object.create(null)],
    ['a revoked proxy', revoked()],
  ])('does not throw on %s', (_what, thrown) => {
    expect(messageOf(thrown)).toBe('unprintable error');
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
