import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { LogicEngine } from 'json-logic-engine';
import { describe, expect, test } from 'vitest';
import { checkLogic } from './check.ts';
import { compileLogic } from './compile.ts';
import { LogicError } from './error.ts';
import type { Expression, LogicDialect, LogicFrame } from './types.ts';

const CASES = process.env.HALYARD_SOAK === '1' ? 50_000 : Number(process.env.CASES ?? 3_000);
const SEED = Number(process.env.HALYARD_SEED ?? 20_260_801);

const FRAME: LogicFrame = {
  flagKey: 'flag',
  scope: { context: {}, now: undefined, state: undefined, trace: undefined },
};

/** How evaluating a rule ended: with a value, or thrown while building it or while running it. */
type Outcome = { readonly value: unknown } | { readonly thrown: 'build' | 'run' };

function outcomeOf(build: () => (data: unknown) => unknown, data: unknown): Outcome {
  let run: (data: unknown) => unknown;
  try {
    run = build();
  } catch {
    return { thrown: 'build' };
  }
  try {
    return { value: run(data) };
  } catch {
    return { thrown: 'run' };
  }
}

function ours(rule: unknown, data: unknown): Outcome {
  return outcomeOf(() => {
    try {
      const expression = compileLogic(rule, DIALECT);
      return (given) => expression(given, FRAME);
    } catch (error) {
      expect(error).toBeInstanceOf(LogicError);
      throw error;
    }
  }, data);
}

const DIALECT: LogicDialect = {
  operators: new Map([
    [
      'list_of',
      (args, compile) => {
        const items = (Array.isArray(args) ? args : [args]).map((arg: unknown, i) =>
          compile(arg, `[${i}]`),
        );
        if (Array.isArray(args) || typeof args !== 'object' || args === null)
          return (data, frame) => items.map((item) => item(data, frame));
        const single = items[0] as Expression;
        return (data, frame) => {
          const v = single(data, frame);
          return Array.isArray(v) ? v : [v];
        };
      },
    ],
  ]),
};
function engine() {
  const e = new LogicEngine();
  e.addMethod('list_of', (args: unknown) => args);
  return e;
}

function theirs(rule: unknown, data: unknown): Outcome {
  Object.defineProperty(Error.prototype, 'type', {
    configurable: true,
    get(this: Error) {
      return this.name;
    },
  });
  try {
    return outcomeOf(() => engine().build(rule) as (data: unknown) => unknown, data);
  } finally {
    Reflect.deleteProperty(Error.prototype, 'type');
  }
}

// --- Rules and data -----------------------------------------------------------------------------

const INHERITED = ['constructor', 'toString', '__proto__', 'valueOf', 'hasOwnProperty', 'map'];

const paths = fc.constantFrom(
  ...['a', 'b', 'list', 'obj', 'n', 'obj.x', 'obj.y.z', 'list.0', 'list.1.x', 'list.length', ''],
  ...['a.b', '.', '..', 'x\\.y', 'x\\/y', '\\\\', 'ü', '💥', '\ud800', 'length', 'absent', 'type'],
  ...['../index', '../a', '../../a', '../../../a', '../iterator', '../', 'current', 'accumulator'],
  ...['current.x', 'index', ...INHERITED, 'a.constructor', 'list.map', 'obj.__proto__.x'],
);

const scalars = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, -1, -0, 1.5, 10, 1e-7, 100),
  fc.constantFrom('', 'a', 'abc', '1', '0', ' 2 ', '-1.5', '1.0.0', 'é', '💥', 'pro', 'A', 'NaN'),
  fc.boolean(),
  fc.constant(null),
);

const plainData = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(
    fc.constantFrom('a', 'b', 'x', 'y', 'z', 'x.y', 'length', 'type', 'constructor', '__proto__'),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ),
})).value;

const contexts = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record(
      {
        a: plainData,
        b: plainData,
        n: fc.constantFrom(0, 1, 2, 5, -3, '4', null),
        list: fc.oneof(
          fc.array(plainData, { maxLength: 4 }),
          fc.array(fc.nat(9), { maxLength: 4 }),
        ),
        obj: fc.record(
          { x: plainData, y: fc.record({ z: plainData }) },
          { requiredKeys: [], noNullPrototype: true },
        ),
        'x.y': scalars,
        ü: scalars,
        '💥': scalars,
        constructor: plainData,
        length: scalars,
      },
      { requiredKeys: ['a', 'list'], noNullPrototype: true },
    ),
  },
  { weight: 1, arbitrary: plainData },
);

const OPERATORS = [
  'list_of',
  ...['var', 'var', 'var', 'if', 'if', '==', '===', '!=', '!==', '<', '<=', '>', '>=', 'and', 'or'],
  ...['+', '-', '*', '/', '%', 'in', 'cat', 'substr', 'merge', 'map', 'filter', 'reduce', 'all'],
  ...['none', 'some', 'min', 'max', '!', '!!', '?:', '??', 'missing', 'missing_some', 'val', 'not'],
  ...['length', 'get', 'exists', 'keys', 'try', 'throw', 'preserve', 'pipe', 'eachKey', 'every'],
];

const rules = fc.letrec((tie) => ({
  rule: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    { weight: 1, arbitrary: scalars },
    { weight: 9, arbitrary: tie('variable') },
    { weight: 6, arbitrary: tie('operation') },
    { weight: 2, arbitrary: tie('shaped') },
    { weight: 1, arbitrary: fc.array(tie('rule'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('{}', '{"":1}', '[]', '[1,2,3]', '["a","b","abc"]')
        .map((text) => JSON.parse(text) as unknown),
    },
  ),
  variable: fc.oneof(
    paths.map((path) => ({ var: path })),
    paths.map((path) => ({ var: [path] })),
    fc.tuple(paths, tie('rule')).map(([path, fallback]) => ({ var: [path, fallback] })),
    fc.array(fc.oneof(paths, fc.nat(2), tie('rule')), { maxLength: 3 }).map((val) => ({ val })),
    fc.tuple(fc.integer({ min: -3, max: 4 }), paths).map(([up, path]) => ({ val: [[up], path] })),
    fc.tuple(tie('rule'), paths).map(([from, path]) => ({ get: [from, path] })),
    fc.array(paths, { maxLength: 3 }).map((missing) => ({ missing })),
    fc
      .tuple(tie('rule'), fc.array(paths, { maxLength: 3 }))
      .map((args) => ({ missing_some: args })),
  ),
  operation: fc
    .tuple(
      fc.constantFrom(...OPERATORS),
      fc.oneof(
        { weight: 6, arbitrary: fc.array(tie('rule'), { minLength: 2, maxLength: 3 }) },
        { weight: 2, arbitrary: fc.array(tie('rule'), { maxLength: 5 }) },
        { weight: 1, arbitrary: tie('rule') },
      ),
    )
    .map(([name, args]) => ({ [name]: args })),
  shaped: fc.oneof(
    fc
      .tuple(
        fc.constantFrom('map', 'filter', 'some', 'all', 'none', 'reduce'),
        tie('list'),
        tie('rule'),
      )
      .map(([name, list, body]) => ({ [name]: [list, body] })),
    fc.tuple(tie('list'), tie('rule'), tie('rule')).map((args) => ({ reduce: args })),
    fc.tuple(tie('rule'), tie('list')).map((args) => ({ in: args })),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), tie('rule'), { noNullPrototype: true })
      .map((each) => ({ eachKey: each })),
    fc.tuple(tie('rule'), tie('rule')).map((args) => ({ if: args })),
  ),
  list: fc.oneof(
    fc.constantFrom({ var: 'list' }, { var: 'a' }, [1, 2, 3], ['a', 'b'], { var: 'absent' }),
    fc.array(tie('rule'), { maxLength: 3 }),
    tie('rule'),
  ),
})).rule;

const INHERITED_NAME = /(^|\.)(constructor|toString|__proto__|valueOf|hasOwnProperty|map)(?=\.|$)/g;

function respell(value: unknown, kind: 'rule' | 'data'): unknown {
  if (typeof value === 'string') {
    return value.replace(INHERITED_NAME, (name) => `${name.slice(0, -1)}\u00a4`);
  }
  if (Array.isArray(value)) return value.map((item) => respell(item, kind));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      kind === 'data' && key !== 'map' ? respell(key, kind) : key,
      respell(item, kind),
    ]),
  );
}

function unspell(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /(constructo|toStrin|__proto_|valueO|hasOwnPropert|ma)\u00a4/g,
      (x) => NAMES.find((n) => n.startsWith(x.slice(0, -1))) as string,
    );
  }
  if (Array.isArray(value)) return value.map(unspell);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [unspell(key), unspell(item)]),
  );
}
const NAMES = INHERITED;

// --- Where the reference is not followed --------------------------------------------------------

describe('compiled rules evaluate as json-logic-engine compiles them', () => {
  test('over random rules and data', () => {
    const seen = { value: 0, build: 0, run: 0, skipped: 0 };
    fc.assert(
      fc.property(rules, contexts, (rule, data) => {
        if (process.env.LAST) writeFileSync('/tmp/jl/last.json', JSON.stringify([rule, data]));
        const mine = ours(rule, data);
        if (checkLogic(rule, DIALECT).length > 0) {
          seen.skipped++;
          expect(mine).toEqual({ thrown: 'build' });
          return;
        }
        const reference = theirs(respell(rule, 'rule'), respell(data, 'data'));
        if (/"va[rl]":[[{].*"list_of"/.test(JSON.stringify(rule))) {
          seen.skipped++;
          return;
        }
        if (/"val":\{.*("eachKey"|"length"|\{"":)/.test(JSON.stringify(rule))) {
          seen.skipped++;
          return;
        }
        if ('thrown' in reference) seen[reference.thrown]++;
        else seen.value++;
        expect(mine).toEqual(unspell(reference));
      }),
      {
        seed: SEED,
        numRuns: CASES,
        verbose: 0,
        reporter: (out) => {
          if (out.failed) {
            const [r, d] = out.counterexample as [unknown, unknown];
            console.log('RULE', JSON.stringify(r));
            console.log('DATA', JSON.stringify(d));
            console.log(
              'OURS',
              JSON.stringify(ours(r, d)),
              'REF',
              JSON.stringify(theirs(respell(r, 'rule'), respell(d, 'data'))),
              'seed',
              out.seed,
              'path',
              out.counterexamplePath,
            );
            try {
              compileLogic(r, DIALECT)(d, FRAME);
            } catch (e) {
              console.log('our error', e);
            }
            try {
              engine().build(r)(d);
            } catch (e) {
              console.log('ref error', e);
            }
            throw new Error('failed');
          }
        },
      },
    );
    console.log(seen);
  }, 600000);
});
