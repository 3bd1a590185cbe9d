import { describe, expect, test } from 'vitest';
import { find, kindOf } from './fixtures/query.ts';

const BLANKS = [' ', '\t', '\n', '\r', ' \n\t\r '];

/** Puts blank space where the text has an underline. */
const spaced = (text: string, blank: string) => text.replaceAll('_', blank);

describe.each([
  ['$_.a', { a: 1 }, [1]],
  ['$.a_.b_[0]', { a: { b: [1] } }, [1]],
  ['$_..a', { a: 1 }, [1]],
  ["$_['a']_['b']", { a: { b: 1 } }, [1]],
  ["$[_'a'_,_'b'_]", { a: 1, b: 2 }, [1, 2]],
  ['$[_0_,_*_]', [1], [1, 1]],
  ['$[_1_:_3_:_1_]', [0, 1, 2, 3], [1, 2]],
  ['$[_:_]', [0, 1], [0, 1]],
  ['$[_:_:_]', [0, 1], [0, 1]],
  ['$[_?_@.a_]', [{ a: 1 }], [{ a: 1 }]],
  ['$[?_@_.a_[0]_]', [{ a: [1] }], [{ a: [1] }]],
  ['$[?@.a_==_1]', [{ a: 1 }], [{ a: 1 }]],
  ['$[?1_<_@]', [1, 2], [2]],
  ['$[?@.a_&&_@.b_||_@.c]', [{ c: 1 }], [{ c: 1 }]],
  ['$[?!_@.a]', [1], [1]],
  ['$[?!_(_@.a_)]', [1], [1]],
  ['$[?_(_@.a_||_(_@_)_)_]', [1], [1]],
  ["$[?match(_@_,_'a'_)_]", ['a', 'b'], ['a']],
  ['$[?count(_@.*_)_==_length(_@_)]', [[1], 1], [[1]]],
])('blank space is allowed in %s', (text, root, found) => {
  test.each(BLANKS)('as %j', (blank) => {
    expect(find(spaced(text, blank), root)).toEqual(found);
  });

  test('and may be left out', () => {
    expect(find(spaced(text, ''), root)).toEqual(found);
  });
});

describe.each([
  '_$',
  '$_',
  '$.a_',
  '$[0]_',
  '$._a',
  '$.._a',
  '$.._[0]',
  '$._.a',
  '$._*',
  '$.a_b',
  '$[-_1]',
  '$[1_0]',
  '$[?@._a]',
  '$[?@.a=_=1]',
  '$[?@.a<_=1]',
  '$[?@.a!_=1]',
  '$[?@.a&_&@.b]',
  '$[?@.a|_|@.b]',
  '$[?length_(@)==1]',
  '$[?len_gth(@)==1]',
  '$[?@==1_0]',
  '$[?@==1._0]',
  '$[?@==1_e1]',
  '$[?@==-_1]',
  '$[?@==nu_ll]',
])('blank space is not allowed in %s', (text) => {
  test.each(BLANKS)('as %j', (blank) => {
    expect(kindOf(spaced(text, blank))).toBe('syntax-error');
  });
});

test('nothing else is blank space', () => {
  for (const blank of ['\u00a0', '\f', '\v', '\u2028', '\ufeff', '\u3000', '/**/']) {
    expect(kindOf(`$[${blank}0]`)).toBe('syntax-error');
    expect(kindOf(`$${blank}['a']`)).toBe('syntax-error');
  }
});
