import { describe, expect, test } from 'vitest';
import { find, pass } from './fixtures/query.ts';

describe('length', () => {
  const items = ['', 'ab', 'é', '😀😀', [], [1, 2], {}, { a: 1, b: 2 }, 2, true, null];

  test.each([
    ['length(@)==0', ['', [], {}]],
    ['length(@)==1', ['é']],
    ['length(@)==2', ['ab', '😀😀', [1, 2], { a: 1, b: 2 }]],
    ['length(@)>=0', ['', 'ab', 'é', '😀😀', [], [1, 2], {}, { a: 1, b: 2 }]],
    ['length(@.none)==@.none', items],
    ["length('abc')==3", items],
    ['length(5)==@.none', items],
    ['length(value(@[1]))==@.none', items],
    ['length(@)==length($[1])', ['ab', '😀😀', [1, 2], { a: 1, b: 2 }]],
  ])('%s lets %j pass', (condition, passing) => {
    expect(pass(condition, items)).toEqual(passing);
  });
});

describe('count', () => {
  const items = [[], [1], [1, [2]], { a: { a: 1 } }, 'text'];

  test.each([
    ['count(@.*)==0', [[], 'text']],
    ['count(@.*)==2', [[1, [2]]]],
    ['count(@..*)==3', [[1, [2]]]],
    ['count(@..a)==2', [{ a: { a: 1 } }]],
    ['count(@)==1', items],
    ['count($.*)==5', items],
    ['count(@[0,0])==2', [[1], [1, [2]]]],
    ['count(@[?@>0])==1', [[1], [1, [2]]]],
  ])('%s lets %j pass', (condition, passing) => {
    expect(pass(condition, items)).toEqual(passing);
  });
});

describe('value', () => {
  const items = [{ a: 1 }, { b: { a: 1 } }, { a: 1, b: { a: 1 } }, {}];

  test('is the value of the only node, and nothing when there are none or several', () => {
    expect(pass('value(@..a)==1', items)).toEqual([{ a: 1 }, { b: { a: 1 } }]);
    expect(pass('value(@..a)==$.none', items)).toEqual([{ a: 1, b: { a: 1 } }, {}]);
  });
});

describe('match and search', () => {
  const items = ['ab', 'xab', 'abx', 'xaby', 'b', '', 5, null, ['ab']];

  test.each([
    ["match(@,'ab')", ['ab']],
    ["match(@,'ab.*')", ['ab', 'abx']],
    ["match(@,'')", ['']],
    ["search(@,'ab')", ['ab', 'xab', 'abx', 'xaby']],
    ["search(@,'')", ['ab', 'xab', 'abx', 'xaby', 'b', '']],
    ["!match(@,'ab')", items.filter((item) => item !== 'ab')],
    ["match(@,'a') || search(@,'y')", ['xaby']],
    ["match('ab',@)", ['ab']],
    ["match(@,'[')", []],
    ["search(@,'*')", []],
    ["!search(@,'(')", items],
    ['match(@,1)', []],
    ["match(1,'1')", []],
    ['match(@,@)', ['ab', 'xab', 'abx', 'xaby', 'b', '']],
    ['match(@.none,@.none)', []],
    ["match(value(@[0]),'ab')", [['ab']]],
  ])('%s lets %j pass', (condition, passing) => {
    expect(pass(condition, items)).toEqual(passing);
  });

  test('take the pattern from the data, a new one for each item if need be', () => {
    const data = { pattern: 'b.?b', values: ['abc', 'bab', 'bba', 'bbab'] };
    expect(find('$.values[?match(@,$.pattern)]', data)).toEqual(['bab']);
    expect(find('$.values[?search(@,value($..pattern))]', data)).toEqual(['bab', 'bba', 'bbab']);
    const rows = [
      { text: 'aa', pattern: 'a+' },
      { text: 'aa', pattern: 'b+' },
      { text: 'bb', pattern: 'b+' },
    ];
    expect(pass('match(@.text,@.pattern)', rows)).toEqual([rows[0], rows[2]]);
  });
});
