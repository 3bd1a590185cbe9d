import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { LogicEngine } from 'json-logic-engine';
import { expect, test } from 'vitest';
import { checkLogic } from './check.ts';
import { compileLogic } from './compile.ts';
import { LogicError } from './error.ts';
import { FRAME } from './fixtures/evaluate.ts';
import { contexts, INHERITED, parsed, rules } from './fixtures/rules.ts';
import type { Expression, LogicDialect, OperatorCompiler } from './types.ts';

const CASES = process.env.HALYARD_SOAK === '1' ? 50_000 : 3_000;
const SEED = Number(process.env.HALYARD_SEED ?? 20_260_801);

// --- Both sides -----------------------------------------------------------------------------------

/** How evaluating a rule ended: with a value, or thrown while building it or while running it. */
type Outcome = { readonly value: unknown } | { readonly thrown: 'build' | 'run' };

type Built = (data: unknown) => unknown;

function outcomeOf(
  build: () => Built,
  data: unknown,
  refusal: (error: unknown) => boolean,
): Outcome {
  let run: Built;
  try {
    run = build();
  } catch (error) {
    if (refusal(error)) return { thrown: 'build' };
    throw error;
  }
  try {
    return { value: run(data) };
  } catch {
    return { thrown: 'run' };
  }
}

/** An operator of a dialect: gives the list of its arguments, as the reference's own methods get it. */
const listOf: OperatorCompiler = (args, compile) => {
  const list = Array.isArray(args);
  const operands = list ? args : [args];
  const [first, ...rest] = operands.map((arg: unknown, i) => compile(arg, list ? `[${i}]` : ''));
  if (first === undefined) return () => [];
  if (list || typeof args !== 'object') {
    return (data, frame) => [first, ...rest].map((operand: Expression) => operand(data, frame));
  }
  return (data, frame) => [first(data, frame)].flat();
};
const DIALECT: LogicDialect = { operators: new Map([['list_of', listOf]]) };

function ours(rule: unknown, data: unknown): Outcome {
  const build = () => {
    const expression = compileLogic(rule, DIALECT);
    return (given: unknown) => expression(given, FRAME);
  };
  return outcomeOf(build, data, (error) => error instanceof LogicError);
}

function reference(rule: unknown, data: unknown): Outcome {
  const build = () => {
    const engine = new LogicEngine();
    engine.addMethod('list_of', (args: unknown) => args);
    return engine.build(rule) as Built;
  };
  return outcomeOf(build, data, () => true);
}

// --- Where the reference is not followed ----------------------------------------------------------

/**
 * INHERITED NAMES. The reference reads `constructor` or `toString` off any value; here they are nothing
 * special, and null unless own. So the reference is asked the same question with those names spelled so
 * that nothing inherits them.
 */
const WHOLE_NAME = new RegExp(`(?<=^|\\.)(?:${INHERITED.join('|')})(?=\\.|$)`, 'g');
/** Puts a character of its own in the place of the last one, which can be told wherever it turns up. */
const respelled = (name: string) =>
  name.slice(0, -1) + String.fromCharCode(name.charCodeAt(name.length - 1) + 0xe000);

function mapTexts(value: unknown, text: (text: string) => string, keys: boolean): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, text, keys));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    keys ? text(key) : key,
    mapTexts(item, text, keys),
  ]);
  return Object.fromEntries(entries);
}
const respell = (text: string) => text.replace(WHOLE_NAME, respelled);
const unspell = (text: string) =>
  text.replace(/[\ue000-\ue0ff]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xe000));

/**
 * ERRORS OF THE LANGUAGE. `try` shows the reference's own TypeErrors by V8's message ("Cannot read
 * properties of null …"); here it shows their name. The reference prefers a `type` where there is one.
 */
function withTypedErrors<Result>(body: () => Result): Result {
  const classes = [TypeError, RangeError, ReferenceError];
  for (const { prototype, name } of classes) {
    Object.defineProperty(prototype, 'type', { configurable: true, value: name });
  }
  try {
    return body();
  } finally {
    for (const { prototype } of classes) Reflect.deleteProperty(prototype, 'type');
  }
}

/** Rules whose outcome the reference owes to something that is not followed. */
const EXCEPTIONS: Readonly<Record<string, (rule: unknown, mine: Outcome) => boolean>> = {
  // An operator nobody knows, or several in one object: an error wherever it stands, while the
  // reference finds it when it gets there, if ever. Ours has to have refused the rule.
  'a malformed operator': (rule, mine) =>
    checkLogic(rule, DIALECT).length > 0 && isDeepStrictEqual(mine, { thrown: 'build' }),
  // Whether an expression given to `val` is evaluated while building depends on a check for asynchronous
  // operators, which takes `length` for one and stumbles over `eachKey` and an empty operator name.
  'a constant expression given to val': (rule) =>
    someOperator(rule, ['val'], /^\{.*("eachKey"|"length"|\{"":)/),
  // The reference evaluates a variable's arguments while building when the variable stands in an
  // iterator over a constant list, even a dialect's operators, which it does not elsewhere.
  'a dialect operator given to a variable': (rule) =>
    someOperator(rule, ['var', 'val'], /^[[{].*"list_of"/),
  // The interpreter keeps the first result of a reduce whose list and rule are constant, whatever its
  // start depends on: with levels above, whichever came first decides for all.
  'a start of reduce that climbs': (rule) =>
    someOperator(rule, ['reduce'], /\.\.\/|\[\[/, (args) => args?.[2]),
};

/** Whether the arguments of some of these operators, written as JSON, look like this. */
function someOperator(
  rule: unknown,
  names: readonly string[],
  pattern: RegExp,
  part: (args: readonly unknown[]) => unknown = (args) => args,
): boolean {
  if (typeof rule !== 'object' || rule === null) return false;
  return Object.entries(rule).some(([name, args]) => {
    if (someOperator(args, names, pattern, part)) return true;
    return names.includes(name) && pattern.test(JSON.stringify(part(args)) ?? '');
  });
}

// --- The comparison -------------------------------------------------------------------------------

function explain(rule: unknown, data: unknown, mine: Outcome, theirs: Outcome): string {
  const lines = { rule, data, ours: mine, reference: theirs };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join('\n');
}

test('a rule gives what json-logic-engine gives, or throws at the same stage', () => {
  const counts = { value: 0, build: 0, run: 0, excepted: 0 };
  const agree = fc.property(rules, contexts, (rule, data) => {
    const mine = ours(rule, data);
    const asked = mapTexts(rule, respell, false);
    const given = mapTexts(data, respell, true);
    const answer = withTypedErrors(() => reference(asked, given));
    const theirs = mapTexts(answer, unspell, true) as Outcome;
    counts['thrown' in theirs ? theirs.thrown : 'value']++;
    if (isDeepStrictEqual(mine, theirs)) return;
    const excepted = Object.values(EXCEPTIONS).some((applies) => applies(rule, mine));
    if (!excepted) throw new Error(explain(rule, data, mine, theirs));
    counts.excepted++;
  });
  fc.assert(agree, { seed: SEED, numRuns: CASES });
  // The generator has to keep making rules that say something, and the exceptions to stay rare.
  expect(counts.value).toBeGreaterThan(CASES / 2);
  expect(counts.excepted).toBeLessThan(CASES / 200);
}, 600_000);

test('a malformed operator anywhere in a rule keeps it from compiling', () => {
  const malformed = fc
    .constantFrom(
      '{"nope":[1]}',
      '{"==":[1,1],"<":[1,2]}',
      '{"constructor":[1]}',
      '{"__proto__":1}',
    )
    .map(parsed);
  const places = fc.constantFrom<(hole: unknown, rule: unknown) => unknown>(
    (hole) => hole,
    (hole, rule) => ({ if: [false, hole, rule] }),
    (hole, rule) => ({ and: [false, rule, { '!': hole }] }),
    (hole, rule) => ({ map: [rule, { if: [{ var: '' }, hole] }] }),
    (hole, rule) => ({ try: [rule, { eachKey: { a: hole } }] }),
    (hole, rule) => [{ var: ['a', { list_of: [rule, hole] }] }],
  );
  const refused = fc.property(rules, malformed, places, (rule, hole, place) => {
    expect(ours(place(hole, rule), {})).toEqual({ thrown: 'build' });
  });
  fc.assert(refused, { seed: SEED, numRuns: CASES / 10 });
});
