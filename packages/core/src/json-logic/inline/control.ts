import { environmentOf } from '../environment.ts';
import { shapeFault } from '../fault.ts';
import { computed, isNothing, type OpenForm, type Part, type Scope } from '../scope.ts';
import { isTruthy, truthOf } from '../truthiness.ts';
import type { Expression, LogicFrame } from '../types.ts';
import { bounded } from '../values/bounds.ts';
import { inlineEach } from './operand.ts';
import { evaluateForm, fallBack } from './precedence.ts';

type Test = (data: unknown, frame: LogicFrame) => boolean;

/** An operand as a condition. */
export function testOf(part: Part): Test {
  const { run } = part;
  return part.boolean ? (run as Test) : (data, frame) => isTruthy(run(data, frame));
}

/** `if` with three operands or more; with fewer the interpreter evaluates it. */
export function inlineIf(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args) || args.length < 3) return undefined;
  const parts = inlineEach(args.length % 2 === 1 ? args : [...args, null], scope, path);
  const results = parts.filter((_part, i) => i % 2 === 1 || i === parts.length - 1);
  return computed(chooser(parts), {
    boolean: results.every((part) => part.boolean),
    leavesResult: results.every((part) => part.leavesResult),
  });
}

function chooser(parts: readonly Part[]): Expression {
  const [condition, then, otherwise] = parts as [Part, Part, Part];
  if (parts.length === 3) return chooseOne(testOf(condition), then, otherwise);
  const tests = parts.filter((_part, i) => i % 2 === 0).map(testOf);
  const results = parts.filter((_part, i) => i % 2 === 1).map((part) => part.run);
  const last = (parts.at(-1) as Part).run;
  return (data, frame) => {
    for (let i = 0; i < results.length; i++) {
      if ((tests[i] as Test)(data, frame)) return (results[i] as Expression)(data, frame);
    }
    return last(data, frame);
  };
}

function chooseOne(test: Test, then: Part, otherwise: Part): Expression {
  if (then.origin !== 'computed' && otherwise.origin !== 'computed') {
    const yes = then.value;
    const no = otherwise.value;
    return (data, frame) => (test(data, frame) ? yes : no);
  }
  const yes = then.run;
  const no = otherwise.run;
  return (data, frame) => (test(data, frame) ? yes(data, frame) : no(data, frame));
}

/** `and` */
export function inlineAnd(args: unknown, scope: Scope, path: string): Part | undefined {
  return junction(false, args, scope, path);
}

/** `or` */
export function inlineOr(args: unknown, scope: Scope, path: string): Part | undefined {
  return junction(true, args, scope, path);
}

/** The first operand of this truth, else the last; each is put into the register as it is evaluated. */
function junction(truth: boolean, args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args)) return undefined;
  const parts = inlineEach(args, scope, path);
  scope.fn.assignments++;
  const traits = { boolean: parts.every((part) => part.boolean), leavesResult: true };
  if (!scope.fn.tracked) {
    const open = { form: undefined, slipsGuard: !truth };
    return computed(plainJunction(truth, parts), { ...traits, open });
  }
  const form = trackedJunction(truth, parts);
  const open = { form, slipsGuard: !truth };
  return computed((data, frame) => evaluateForm(form, data, frame), { ...traits, open });
}

function plainJunction(truth: boolean, parts: readonly Part[]): Expression {
  const [first, second] = parts as [Part, Part?];
  if (second !== undefined && parts.length === 2) return plainPair(truth, first, second);
  const runs = parts.map((part) => part.run);
  return (data, frame) => {
    let value: unknown;
    for (let i = 0; i < runs.length; i++) {
      value = (runs[i] as Expression)(data, frame);
      if (isTruthy(value) === truth) return value;
    }
    return value;
  };
}

function plainPair(truth: boolean, first: Part, second: Part): Expression {
  const left = first.run;
  const right = second.run;
  if (first.boolean) {
    return (data, frame) => (left(data, frame) === truth ? truth : right(data, frame));
  }
  return (data, frame) => {
    const value = left(data, frame);
    return isTruthy(value) === truth ? value : right(data, frame);
  };
}

function remembering(run: Expression): Expression {
  return (data, frame) => {
    const value = run(data, frame);
    environmentOf(frame).register = value;
    return value;
  };
}

function remembered(_data: unknown, frame: LogicFrame): unknown {
  return environmentOf(frame).register;
}

function trackedJunction(truth: boolean, parts: readonly Part[]): OpenForm {
  const forms = parts.map((part): Omit<OpenForm, 'whenFalse'> => {
    const run = remembering(part.run);
    const head: Expression = truth
      ? (data, frame) => truthOf(run(data, frame))
      : (data, frame) => !isTruthy(run(data, frame));
    return { head, rest: (value) => value, usesAnd: false, whenTrue: remembered };
  });
  const chain = forms.reduceRight<OpenForm | Expression>(
    (whenFalse, form) => ({ ...form, whenFalse }),
    remembered,
  );
  return chain as OpenForm;
}

/** `??` of a list; of anything else, the first item of what it gives that is not null. */
export function inlineCoalesce(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args) || args.length === 0) return coalesceItems(args, scope, path);
  const parts = inlineEach(args, scope, path);
  const last = parts.pop() as Part;
  if (isNothing(last)) scope.fn.unparsable ??= shapeFault('a default that is a value', path);
  const [first, ...rest] = parts.map((part) => part.run);
  if (first === undefined) return { ...last, bracketed: false, open: undefined };
  const before = rest.reduce<Expression>(
    (left, right) => (data, frame) => left(data, frame) ?? right(data, frame),
    first,
  );
  return computed(fallBack(before, last, scope, path));
}

function coalesceItems(args: unknown, scope: Scope, path: string): Part {
  const { run } = scope.compilation.inline(args, scope, path);
  return computed((data, frame) => {
    const items = run(data, frame);
    if (!Array.isArray(items)) throw new TypeError('"??" got something that is not a list');
    for (let i = 0; i < bounded(items).length; i++) {
      const item: unknown = items[i];
      if (item !== null && item !== undefined) return item;
    }
    return null;
  });
}

/** `!` of the first operand. */
export function inlineNot(args: unknown, scope: Scope, path: string): Part {
  const test = testOf(firstOf(args, scope, path));
  return computed((data, frame) => !test(data, frame), { boolean: true });
}

/** `!!` of the first operand. */
export function inlineBoolean(args: unknown, scope: Scope, path: string): Part {
  return computed(testOf(firstOf(args, scope, path)), { boolean: true });
}

function firstOf(args: unknown, scope: Scope, path: string): Part {
  if (!Array.isArray(args)) return scope.compilation.inline(args, scope, path);
  return scope.compilation.inline(args[0], scope, `${path}[0]`);
}
