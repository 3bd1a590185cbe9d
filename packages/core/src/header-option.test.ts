import { describe, expect, it } from 'vitest';
import { readHeaderOption } from './header-option.ts';

const owner = { part: 'acme', factory: 'acmeUrl' };

describe('the headers given to a source', () => {
  it('have their names in lower case', () => {
    expect(readHeaderOption(owner, { 'X-Env': 'test', accept: 'a/b' })).toEqual({
      'x-env': 'test',
      accept: 'a/b',
    });
  });

  it('may be left out', () => {
    expect(readHeaderOption(owner, undefined)).toEqual({});
  });

  it.each([
    ['no object', 'a', '`headers` of acmeUrl'],
    ['a list', [], '`headers` of acmeUrl'],
    ['a value that is no text', { a: 1 }, '"a"'],
    ['a name with a space', { 'a b': 'x' }, '"a b"'],
    ['a value of two lines', { a: 'x\r\ny: z' }, '"a"'],
  ])('are refused as %s, with the place', (_what, headers, place) => {
    expect(() => readHeaderOption(owner, headers)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        part: 'acme',
        message: expect.stringContaining(place),
      }),
    );
  });
});
