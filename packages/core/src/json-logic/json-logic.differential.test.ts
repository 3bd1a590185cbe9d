import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { LogicEngine } from 'json-logic-engine';
import { expect, test } from 'vitest';
import { checkLogic } from './check.ts';
import { compileLogic } from './compile.ts';
import { LogicError } from './error.ts';
import type { Expression, LogicDialect, LogicFrame, OperatorCompiler } from './types.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const SEED = 20_260_801;
const FRAME: LogicFrame = {
  flagKey: 'flag',
  scope: { context: {}, now: undefined, state: undefined, trace: undefined },
};

// --- Both sides -----------------------------------------------------------------------------------

/** How evaluating a rule ended: with a value, or thrown while building it or while running it. */
type Outcome = { readonly value: unknown } | { readonly thrown: 'build' | 'run' };

function outcomeOf(build: () => (data: unknown) => unknown, data: unknown): Outcome {
  let run: (data: unknown) => unknown;
  try {
    run = build();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('unexpected')) throw error;
    return { thrown: 'build' };
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
  return outcomeOf(() => {
    try {
      const expression = compileLogic(rule, DIALECT);
      return (given) => expression(given, FRAME);
    } catch (error) {
      if (!(error instanceof LogicError)) throw new Error('unexpected', { cause: error });
      throw error;
    }
  }, data);
}

function reference(rule: unknown, data: unknown): Outcome {
  return outcomeOf(() => {
    const engine = new LogicEngine();
    engine.addMethod('list_of', (args: unknown) => args);
    return engine.build(rule) as (data: unknown) => unknown;
  }, data);
}

// --- Where the reference is not followed ----------------------------------------------------------

/**
 * INHERITED NAMES. The reference reads `constructor` or `toString` off any value; here they are nothing
 * special, and null unless own. So the reference is asked the same question with those names spelled so
 * that nothing inherits them.
 */
const INHERITED = ['constructor', 'toString', '__proto__', 'valueOf', 'hasOwnProperty', 'map'];
const WHOLE_NAME = new RegExp(`(?<=^|\\.)(?:${INHERITED.join('|')})(?=\\.|$)`, 'g');
const respelled = (name: string) => `${name.slice(0, -1)}¤`;
const SPELLINGS = new Map(INHERITED.map((name) => [respelled(name), name]));

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
  text.replace(/\w+¤/g, (name) => {
    for (const [spelling, original] of SPELLINGS) name = name.replace(spelling, original);
    return name;
  });

/**
 * ERRORS OF THE LANGUAGE. `try` shows the reference's own TypeErrors by V8's message ("Cannot read
 * properties of null …"); here it shows their name. The reference prefers a `type` where there is one.
 */
function withTypedErrors<Result>(body: () => Result): Result {
  const type = { configurable: true, get: (): string => 'TypeError' };
  const classes = [TypeError, RangeError, ReferenceError];
  for (const { prototype, name } of classes) {
    Object.defineProperty(prototype, 'type', { ...type, get: () => name });
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

// --- Rules and data -------------------------------------------------------------------------------

const paths = fc.constantFrom(
  ...['a', 'b', 'list', 'obj', 'n', 'obj.x', 'obj.y.z', 'list.0', 'list.1.x', 'list.length', ''],
  ...['a.b', '.', '..', 'x\\.y', 'x\\/y', '\\\\', 'ü', '💥', '\ud800', 'length', 'absent', 'type'],
  ...['../index', '../a', '../../a', '../../../a', '../iterator', '../', 'current', 'accumulator'],
  ...['current.x', 'index', ...INHERITED, 'a.constructor', 'list.map', 'obj.__proto__.x'],
);
// No number as large as 1e21: the reference climbs that many levels one by one.
const scalars = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, -1, -0, 1.5, 10, 1e-7, 100),
  fc.constantFrom('', 'a', 'abc', '1', '0', ' 2 ', '-1.5', '1.0.0', 'é', '💥', 'pro', 'A', 'NaN'),
  fc.boolean(),
  fc.constant(null),
);
const ordinary = { noNullPrototype: true } as const;
const values = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalars, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(
    fc.constantFrom('a', 'b', 'x', 'y', 'z', 'x.y', 'length', 'type', 'constructor', '__proto__'),
    tie('value'),
    { maxKeys: 4, ...ordinary },
  ),
})).value;
const context = fc.record(
  {
    a: values,
    list: fc.oneof(fc.array(values, { maxLength: 4 }), fc.array(fc.nat(9), { maxLength: 4 })),
    b: values,
    n: fc.constantFrom(0, 1, 2, 5, -3, '4', null),
    obj: fc.record({ x: values, y: fc.record({ z: values }, ordinary) }, ordinary),
    'x.y': scalars,
    ü: scalars,
    '💥': scalars,
    constructor: values,
    length: scalars,
  },
  { requiredKeys: ['a', 'list'], ...ordinary },
);
const contexts = fc.oneof({ weight: 9, arbitrary: context }, { weight: 1, arbitrary: values });

const OPERATORS =
  'var var if if ?: == === != !== < <= > >= and or ! !! not + - * / % in cat substr merge map filter ' +
  'reduce all every none some min max ?? missing missing_some val length get exists keys try throw ' +
  'preserve pipe eachKey list_of';

const rules = fc.letrec((tie) => {
  const rule = tie('rule');
  const named = (...names: string[]) => fc.constantFrom(...names);
  return {
    rule: fc.oneof(
      { depthSize: 'medium' },
      { weight: 3, arbitrary: scalars },
      { weight: 6, arbitrary: tie('variable') },
      { weight: 6, arbitrary: tie('operation') },
      { weight: 3, arbitrary: tie('shaped') },
      { weight: 1, arbitrary: fc.array(rule, { maxLength: 3 }) },
      { weight: 1, arbitrary: named('{}', '{"":1}', '[]', '[1,2,3]', '["a","b"]').map(parsed) },
    ),
    variable: fc.oneof(
      paths.map((path) => ({ var: path })),
      paths.map((path) => ({ var: [path] })),
      fc.tuple(paths, rule).map((args) => ({ var: args })),
      fc.array(fc.oneof(paths, fc.nat(2), rule), { maxLength: 3 }).map((args) => ({ val: args })),
      fc.tuple(fc.integer({ min: -3, max: 4 }), paths).map(([up, key]) => ({ val: [[up], key] })),
      fc.tuple(rule, paths).map((args) => ({ get: args })),
      fc.array(paths, { maxLength: 3 }).map((args) => ({ missing: args })),
      fc.tuple(rule, fc.array(paths, { maxLength: 3 })).map((args) => ({ missing_some: args })),
    ),
    operation: fc
      .tuple(named(...OPERATORS.split(' ')), tie('args'))
      .map(([name, args]) => ({ [name]: args })),
    args: fc.oneof(
      { weight: 6, arbitrary: fc.array(rule, { minLength: 2, maxLength: 3 }) },
      { weight: 2, arbitrary: fc.array(rule, { maxLength: 5 }) },
      { weight: 1, arbitrary: rule },
    ),
    shaped: fc.oneof(
      fc
        .tuple(named('map', 'filter', 'some', 'all', 'none', 'reduce'), tie('list'), rule)
        .map(([name, list, body]) => ({ [name]: [list, body] })),
      fc.tuple(tie('list'), rule, rule).map((args) => ({ reduce: args })),
      fc.tuple(rule, tie('list')).map((args) => ({ in: args })),
      fc.dictionary(named('a', 'b'), rule, ordinary).map((each) => ({ eachKey: each })),
      fc.tuple(rule, rule).map((args) => ({ if: args })),
    ),
    list: fc.oneof(
      named('{"var":"list"}', '{"var":"a"}', '[1,2,3]', '{"var":"absent"}').map(parsed),
      fc.array(rule, { maxLength: 3 }),
      rule,
    ),
  };
}).rule;

// A value of its own each time: the reference can tell one object from an equal one.
function parsed(text: string): unknown {
  return JSON.parse(text);
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
  const numRuns = Number(process.env.CASES ?? (SOAK ? 50_000 : 3_000));
  fc.assert(agree, { seed: Number(process.env.HALYARD_SEED ?? SEED), numRuns });
  console.log(counts);
  // The generator has to keep making rules that say something, and the exceptions to stay rare.
  expect(counts.value).toBeGreaterThan(numRuns / 2);
  expect(counts.excepted).toBeLessThan(numRuns / 200);
}, 600_000);
