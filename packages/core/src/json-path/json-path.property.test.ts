import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileJsonPath } from './compile.ts';
import { Evaluation } from './evaluation.ts';
import { find, kindOf, query } from './fixtures/query.ts';
import type { Extent } from './i-regexp/run.ts';
import { RegexpTester } from './i-regexp/tester.ts';

const RUNS = { numRuns: 500, seed: 20_260_801 };

const NAMES = ['a', 'b', 'first-name', '__proto__', 'constructor', "it's", '😀', '\u0001', ''];

/** Data that random queries meet again and again. */
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, 'a', 'ab', ''),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('data'), { maxKeys: 4 }),
  ),
}));

const names = fc.constantFrom(...NAMES);
const indexes = fc.integer({ min: -3, max: 3 });
const singularSteps = fc.array(fc.oneof(names, indexes), { maxLength: 4 });

/** Writes a step in brackets; JSON’s escapes are all among JSONPath’s. */
const written = (step: string | number) => `[${JSON.stringify(step)}]`;

const CONDITIONS = ['@.a', '!@.b', '@==1', '@.a!=@.b', "@<'b'", 'length(@)>1', 'count(@.*)==1'];
const segments = fc.oneof(
  names.map(written),
  indexes.map(written),
  fc.constantFrom('[*]', '..*', '..a', '[1:]', '[::-1]', "['a',0,*]", "..['b',0]"),
  fc.constantFrom(...CONDITIONS).map((condition) => `[?${condition}]`),
);
const queries = fc.array(segments, { maxLength: 4 }).map((parts) => `$${parts.join('')}`);

/** What a path of names and indexes leads to, spelled out. */
function lookUp(root: unknown, steps: readonly (string | number)[]): unknown {
  let value = root;
  for (const step of steps) {
    if (typeof step === 'number') value = Array.isArray(value) ? value.at(step) : undefined;
    else if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    else value = new Map<string, unknown>(Object.entries(value)).get(step);
  }
  return value;
}

test('a path of names and indexes leads where looking them up one by one leads', () => {
  fc.assert(
    fc.property(data, singularSteps, (root, steps) => {
      const compiled = query(`$${steps.map(written).join('')}`);
      const expected = lookUp(root, steps);
      expect(compiled.first(root)).toBe(expected);
      expect(compiled.all(root)).toEqual(expected === undefined ? [] : [expected]);
      const plain = steps.every((step) => typeof step === 'string' || step >= 0);
      expect(compiled.path).toEqual(plain ? steps : undefined);
    }),
    RUNS,
  );
});

test('the first node is the first of all nodes', () => {
  fc.assert(
    fc.property(data, queries, (root, text) => {
      const { first, all } = query(text);
      expect(first(root)).toBe(all(root)[0]);
    }),
    RUNS,
  );
});

test('every node is the root or one of its descendants', () => {
  fc.assert(
    fc.property(data, queries, (root, text) => {
      const everything = [root, ...find('$..*', root)];
      for (const value of find(text, root)) expect(everything).toContain(value);
    }),
    RUNS,
  );
});

test('a filter and its negation share the children out between them', () => {
  fc.assert(
    fc.property(data, fc.constantFrom(...CONDITIONS), (root, condition) => {
      const passing = find(`$[?${condition}]`, root).length;
      const others = find(`$[?!(${condition})]`, root).length;
      expect(passing + others).toBe(find('$.*', root).length);
    }),
    RUNS,
  );
});

test('a value equals its copy and nothing that JSON writes otherwise', () => {
  const sorted = (value: unknown): string =>
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? ['object', ...Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))]
        : part,
    );
  fc.assert(
    fc.property(data, data, (a, b) => {
      const copy: unknown = JSON.parse(JSON.stringify(a));
      expect(find('$[?@==$[0]]', [a, copy])).toHaveLength(2);
      expect(find('$[?@==$[0]]', [a, b])).toHaveLength(sorted(a) === sorted(b) ? 2 : 1);
    }),
    RUNS,
  );
});

test('any text gets a verdict', () => {
  const pieces = fc.constantFrom(
    ...['$', '@', '.', '..', '[', ']', '(', ')', '?', '!', '&&', '||', '==', '<', ',', ':', '*'],
    ...['a', '-', '0', '1', '"', "'", '\\', '\\u', 'D83D', ' ', 'length', 'match', 'true', '😀'],
  );
  const texts = fc.oneof(
    fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
    fc.array(pieces, { maxLength: 20 }).map((parts) => `$${parts.join('')}`),
    fc.array(pieces, { maxLength: 20 }).map((parts) => `$[?${parts.join('')}]`),
  );
  fc.assert(
    fc.property(texts, data, (text, root) => {
      const result = compileJsonPath(text);
      if (result.kind === 'query') result.all(root);
      else expect(result.message).not.toBe('');
      if (result.kind === 'syntax-error') expect(result.position).toBeLessThanOrEqual(text.length);
    }),
    { ...RUNS, numRuns: 1_000 },
  );
});

test('cutting a valid query short never makes it throw', () => {
  const text = "$.a['b'][0,-1,1:2:3]..*[?@.a && !(length(@['x'])>=1.5e0 || match(@,'a')) , 'c'].d";
  for (let end = 0; end < text.length; end++) {
    expect(['query', 'syntax-error']).toContain(kindOf(text.slice(0, end)));
  }
  expect(kindOf(text)).toBe('query');
});

test('a pattern matches what the language’s own expression matches', () => {
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\p{L}', '', '^', '$', 'é', '😀', '[a-]'),
      fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
      fc.tuple(tie('pattern'), tie('pattern')).map((parts) => `(${parts.join('|')})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}'))
        .map(([part, times]) => `(${part})${times}`),
    ),
  }));
  const subjects = fc.array(fc.constantFrom('a', 'b', 'é', '😀', '-', '\n'), { maxLength: 6 });
  const ours = (given: string, subject: string, extent: Extent) =>
    new RegexpTester().test({ subject, pattern: given, extent }, new Evaluation(undefined));
  fc.assert(
    fc.property(pattern, subjects, (given, characters) => {
      const subject = characters.join('');
      // The language’s dot stops at two more line ends, which no subject here has.
      expect(ours(given, subject, 'whole')).toBe(new RegExp(`^(?:${given})$`, 'u').test(subject));
      expect(ours(given, subject, 'part')).toBe(new RegExp(given, 'u').test(subject));
    }),
    { ...RUNS, numRuns: 2_000 },
  );
});
