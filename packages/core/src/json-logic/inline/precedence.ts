import { BuildFault } from '../fault.ts';
import { isForm, type OpenForm, type Part, type Scope } from '../scope.ts';
import type { Expression, LogicFrame } from '../types.ts';
import { plus } from '../values/strings.ts';

/*
 * json-logic-engine writes some operators as a conditional without parentheses around it (`and`, `or`,
 * `all`, `missing`, `missing_some`, `/` of one expression). Next to `+`, `<`, `??` or `||` the language
 * then binds what is written before it to the conditional's test, and what is written after it to its
 * last branch. Rules evaluate accordingly, so the places where that happens are followed here.
 */

/** A form by itself. */
export function evaluateForm(form: OpenForm, data: unknown, frame: LogicFrame): unknown {
  if (testOf(form, data, frame)) return form.whenTrue(data, frame);
  const { whenFalse } = form;
  return isForm(whenFalse) ? evaluateForm(whenFalse, data, frame) : whenFalse(data, frame);
}

function testOf(form: OpenForm, data: unknown, frame: LogicFrame): unknown {
  return testFrom(form, form.head(data, frame), data, frame);
}

/** The test, with something else in the place of its leftmost operand. */
function testFrom(form: OpenForm, head: unknown, data: unknown, frame: LogicFrame): unknown {
  return form.rest(termFrom(form, head, data, frame), data, frame);
}

function termFrom(form: OpenForm, head: unknown, data: unknown, frame: LogicFrame): unknown {
  return form.term === undefined ? head : form.term(head, data, frame);
}

/** The operand's form; asks for the register when the form needs it. */
function formOf(part: Part, scope: Scope): OpenForm | undefined {
  if (part.open !== undefined && part.open.form === undefined) scope.fn.wantsTracking = true;
  return part.open?.form;
}

/** `left ?? part` */
export function fallBack(left: Expression, part: Part, scope: Scope, path: string): Expression {
  const form = formOf(part, scope);
  if (form === undefined) {
    const { run } = part;
    return (data, frame) => left(data, frame) ?? run(data, frame);
  }
  if (form.usesAnd) scope.fn.unparsable ??= unparsable(path);
  return (data, frame) => {
    if (left(data, frame) ?? testOf(form, data, frame)) return form.whenTrue(data, frame);
    const { whenFalse } = form;
    return isForm(whenFalse) ? evaluateForm(whenFalse, data, frame) : whenFalse(data, frame);
  };
}

function unparsable(path: string): BuildFault {
  const message =
    '"all" and "/" cannot be a default in json-logic-engine. Wrap it in an operator: {"if": [true, …, null]}.';
  return new BuildFault(new SyntaxError(message), message, path);
}

/** `first + part + part …` */
export function joinAll(first: Expression, parts: readonly Part[], scope: Scope): Expression {
  const place = parts.findIndex((part) => formOf(part, scope) !== undefined);
  if (place === -1) return joinClosed(first, parts);
  const form = parts[place]?.open?.form as OpenForm;
  const before = joinClosed(first, parts.slice(0, place));
  return joinForm(before, form, parts.slice(place + 1), scope);
}

function joinClosed(first: Expression, parts: readonly Part[]): Expression {
  const runs = parts.map((part) => part.run);
  return (data, frame) => {
    let joined = first(data, frame);
    for (const run of runs) joined = plus(joined, run(data, frame));
    return joined;
  };
}

function joinForm(
  before: Expression,
  form: OpenForm,
  after: readonly Part[],
  scope: Scope,
): Expression {
  const tail = joinTail(form, after, scope);
  return (data, frame) => {
    const start = before(data, frame);
    const head = plus(start, form.head(data, frame));
    return testFrom(form, head, data, frame) ? form.whenTrue(data, frame) : tail(data, frame);
  };
}

function joinTail(form: OpenForm, after: readonly Part[], scope: Scope): Expression {
  const { whenFalse } = form;
  if (!isForm(whenFalse)) return joinAll(whenFalse, after, scope);
  const tail = joinTail(whenFalse, after, scope);
  return (data, frame) =>
    testOf(whenFalse, data, frame) ? whenFalse.whenTrue(data, frame) : tail(data, frame);
}

/** A test that something is less than the part, written before `? whenTrue : whenFalse`. */
export function lessThan(part: Part, scope: Scope): Pick<OpenForm, 'rest' | 'usesAnd'> {
  const form = formOf(part, scope);
  if (form === undefined) {
    const { run } = part;
    return {
      usesAnd: false,
      rest: (value, data, frame) => (value as number) < (run(data, frame) as number),
    };
  }
  return {
    usesAnd: form.usesAnd,
    rest: (value, data, frame) => {
      const term = termFrom(form, form.head(data, frame), data, frame);
      return form.rest((value as number) < (term as number), data, frame);
    },
  };
}

/** The branches of a test that ends in the part: the part's own first, then those of its last branch. */
export function branchesAfter(
  part: Part,
  branches: Pick<OpenForm, 'whenTrue' | 'whenFalse'>,
): Pick<OpenForm, 'whenTrue' | 'whenFalse'> {
  const form = part.open?.form;
  if (form === undefined) return branches;
  return { whenTrue: form.whenTrue, whenFalse: continued(form.whenFalse, branches) };
}

function continued(
  branch: OpenForm | Expression,
  branches: Pick<OpenForm, 'whenTrue' | 'whenFalse'>,
): OpenForm {
  if (isForm(branch)) return { ...branch, whenFalse: continued(branch.whenFalse, branches) };
  return { head: branch, rest: (value) => value, usesAnd: false, ...branches };
}

/**
 * `part || []`: what an iterator or `in` works on. A false value of a branch that the guard does not
 * reach goes to `onSlip`, which throws it or lets it pass.
 */
export function guarded(
  part: Part,
  scope: Scope,
  onSlip: (value: unknown) => unknown = throwSlipped,
): Expression {
  if (part.open?.slipsGuard !== true) return part.run;
  const form = formOf(part, scope);
  return form === undefined ? part.run : guardLast(form, onSlip);
}

function guardLast(form: OpenForm, onSlip: (value: unknown) => unknown): Expression {
  const { whenFalse } = form;
  const last = isForm(whenFalse) ? guardLast(whenFalse, onSlip) : whenFalse;
  return (data, frame) => {
    if (!testOf(form, data, frame)) return last(data, frame);
    const value = form.whenTrue(data, frame);
    return value || onSlip(value);
  };
}

function throwSlipped(): never {
  throw new TypeError('a list is expected where there is none');
}
