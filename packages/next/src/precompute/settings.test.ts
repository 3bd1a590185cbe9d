import { describe, expect, it } from 'vitest';
import { tableSource } from '../fixtures/table-source.ts';
import type { PrecomputeOptions } from './page.ts';
import { readPrecomputeSettings } from './settings.ts';

const SECRET = 'a secret of thirty-two characters';
const source = tableSource({});
const read = (defaults: unknown, options?: unknown) =>
  readPrecomputeSettings(source, defaults, options as PrecomputeOptions);

describe('what flags.precompute() is given', () => {
  it('needs no more than flags and a secret', () => {
    const { transport, ...rest } = read({ sale: false }, { secret: SECRET });
    expect(rest).toEqual({
      defaults: new Map([['sale', false]]),
      secret: SECRET,
      onMismatch: 're-evaluate',
      maxCombinations: 64,
    });
    expect(transport.params('x')).toEqual({ code: 'x' });
  });

  it.each<[what: string, defaults: unknown, options: unknown, message: RegExp]>([
    ['no flags', {}, { secret: SECRET }, /the flags must be an object/],
    ['a list of flags', ['sale'], { secret: SECRET }, /the flags must be an object/],
    ['nothing', undefined, { secret: SECRET }, /the flags must be an object/],
    ['no options', { a: 1 }, undefined, /`secret` must be a text of at least 32/],
    ['no secret', { a: 1 }, {}, /`secret`/],
    ['a short secret', { a: 1 }, { secret: 'hush' }, /`secret`/],
    ['another way out', { a: 1 }, { secret: SECRET, onMismatch: 'guess' }, /`onMismatch`/],
    ['no combinations', { a: 1 }, { secret: SECRET, maxCombinations: 0 }, /`maxCombinations`/],
    ['half a one', { a: 1 }, { secret: SECRET, maxCombinations: 1.5 }, /`maxCombinations`/],
    ['endless ones', { a: 1 }, { secret: SECRET, maxCombinations: Infinity }, /`maxCombinations`/],
  ])('%s is refused by name', (_what, defaults, options, message) => {
    expect(() => read(defaults, options)).toThrow(message);
    expect(() => read(defaults, options)).toThrow(/Correct the call of flags\.precompute\(\)\.$/);
  });

  it('never has its secret told', () => {
    expect(() => read({ a: 1 }, { secret: 'hush' })).toThrow(/^(?!.*hush)/);
  });

  it('needs a source that has definitions', () => {
    const remote = { ...source, definitions: { kind: 'remote' } as const };
    expect(() => readPrecomputeSettings(remote, { a: 1 }, { secret: SECRET })).toThrow(
      /the source must be one with definitions: table evaluates elsewhere/,
    );
  });
});
