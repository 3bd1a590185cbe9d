import { expect, test } from 'vitest';
import { compileJsonPath } from './compile.ts';
import { kindOf } from './fixtures/query.ts';

test.each([
  // Integers.
  '$[9007199254740992]',
  '$[-9007199254740992]',
  '$[231584178474632390847141970017375815706539969331281128078915168015826259279872]',
  '$[9007199254740992:]',
  '$[:-9007199254740992]',
  '$[::9007199254740992]',
  '$..[0,9007199254740993]',
  '$[?@[9007199254740992]]',
  '$[?@[9007199254740992]==1]',
  '$[?count(@[9007199254740992])==1]',
  // Functions nobody knows.
  '$[?foo(@)]',
  '$[?foo()==1]',
  '$[?lengths(@)==1]',
  '$[?true(@)]',
  '$[?!foo(@.a) && @.b]',
  // The number of arguments.
  '$[?length()==1]',
  '$[?length(@,@)==1]',
  '$[?count()==1]',
  '$[?count(@.*,@.*)==1]',
  '$[?value()==1]',
  '$[?match(@)]',
  "$[?match(@,'a','b')]",
  '$[?search(@)]',
  // A value is no condition, and a condition no value.
  '$[?length(@)]',
  '$[?!length(@)]',
  '$[?@.a && count(@.*)]',
  '$[?(value(@.*))]',
  "$[?match(@,'a')==true]",
  "$[?true!=search(@,'a')]",
  // Arguments of the wrong type.
  '$[?length(@.*)==1]',
  '$[?length(@..a)==1]',
  "$[?length(@['a','b'])==1]",
  '$[?length(@[0:1])==1]',
  "$[?length(match(@,'a'))==1]",
  '$[?length(@.a && @.b)==1]',
  '$[?length(!@.a)==1]',
  '$[?length((@.a))==1]',
  '$[?length(1==1)==1]',
  '$[?length(foo(@))==1]',
  '$[?count(1)==1]',
  "$[?count('a')==1]",
  '$[?count(true)==1]',
  '$[?count(length(@))==1]',
  '$[?count(@.a==1)==1]',
  '$[?value(1)==1]',
  '$[?match(@.*,"a")]',
  '$[?search(@,$..a)]',
  // Many nodes are not compared.
  '$[?@.*==1]',
  '$[?1==@..a]',
  '$[?@[0,1]==1]',
  '$[?@[:]==1]',
  '$[?@[?@.a]==1]',
  '$[?$.*<1]',
])('%s is grammatical, and invalid', (text) => {
  expect(compileJsonPath(text)).toEqual({ kind: 'invalid', message: expect.any(String) });
});

test.each([
  '$[9007199254740991]',
  '$[-9007199254740991:9007199254740991:-9007199254740991]',
  '$[?@==9007199254740992]',
  '$[?@==1e400]',
  '$[?length(@)==1]',
  "$[?length('a')==1]",
  '$[?length(length(@))==1]',
  '$[?length(value(@.*))==1]',
  '$[?count(@)==count($)]',
  '$[?count(@..*)==1]',
  '$[?value(@[?@.a])==1]',
  "$[?!match(@,'a') && search(@,'b')]",
  '$[?match(value(@.*),value($.*))]',
  '$[?match(1,null)]',
])('%s is a valid query', (text) => {
  expect(kindOf(text)).toBe('query');
});

test('a text that is no query at all is a syntax error, whatever else is wrong with it', () => {
  for (const text of ['$[?foo(@)', '$[9007199254740992', '$[?length(@)] ', '$[?@.*==1 1]']) {
    expect(kindOf(text)).toBe('syntax-error');
  }
});

test.each([
  ['$[?foo(@)]', 'there is no function foo()'],
  ['$[?length()==1]', 'length() takes 1 argument(s), and was given 0'],
  ['$[?length(@)]', 'the result of length() is no condition; compare it'],
  ["$[?match(@,'a')==1]", 'the result of match() cannot be compared'],
  ['$[?@.*==1]', 'a query that may find several nodes cannot be compared'],
  ['$[9007199254740992]', 'the integer 9007199254740992 is beyond ±(2^53-1)'],
])('of %s it says: %s', (text, message) => {
  expect(compileJsonPath(text)).toEqual({ kind: 'invalid', message });
});
