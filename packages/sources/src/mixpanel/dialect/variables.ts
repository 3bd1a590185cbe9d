import { primitive, textOf } from './coercion.ts';
import type { LogicPlace, OperatorCompiler } from './logic.ts';
import { evaluated } from './operands.ts';
import type { Expression } from './rule-scope.ts';

/** `var`: a value by its path; what the second operand says, or null, where there is none. */
export const variable: OperatorCompiler = (operands, place) => {
  const path = place.part(operands[0]).literal;
  const fallback = place.part(operands[1]);
  const isKnown = path !== undefined && (typeof path.value !== 'object' || path.value === null);
  if (operands.length > 2 || !isKnown) return computedVariable(operands, place);
  if (isWholeData(path.value)) return wholeData(fallback.run, place);
  const look = lookingUp(String(path.value).split('.'), place);
  const { literal, run } = fallback;
  if (literal === undefined) {
    return (scope, data) => {
      const otherwise = run(scope, data);
      return orElse(look(scope, data), otherwise);
    };
  }
  const otherwise = orElse(literal.value, null);
  return (scope, data) => {
    const value = look(scope, data);
    return value === undefined ? otherwise : value;
  };
};

/** `missing`: the keys, as operands or in one list, whose values are null or empty. */
export const missing: OperatorCompiler = (operands, place) => {
  const values = evaluated(operands, place);
  return (scope, data) => {
    const given = values(scope, data);
    const keys: readonly unknown[] = Array.isArray(given[0]) ? given[0] : given;
    scope.spend(keys.length);
    return keys.filter((key) => {
      const value = place.evaluate({ var: key }, scope, data);
      return value === null || value === '';
    });
  };
};

/** `missing_some`: none where enough of the keys have values, else those that have not. */
export const missingSome: OperatorCompiler = (operands, place) => {
  const values = evaluated(operands, place);
  return (scope, data) => {
    const [needed, keys] = values(scope, data);
    const absent = place.evaluate({ missing: keys }, scope, data) as readonly unknown[];
    // Whatever has no length is not counted, and then it is never enough.
    const present = (keys as readonly unknown[]).length - absent.length;
    return present >= (primitive(needed, scope) as number) ? [] : absent;
  };
};

/** The path, or what there are more operands of, is only known when the rule is evaluated. */
function computedVariable(operands: readonly unknown[], place: LogicPlace): Expression {
  const values = evaluated(operands, place);
  return (scope, data) => {
    const [key, otherwise] = values(scope, data);
    if (isWholeData(key)) return place.isTop ? scope.properties : data;
    return orElse(lookingUp(textOf(key, scope).split('.'), place)(scope, data), otherwise);
  };
}

function wholeData(fallback: Expression, { isTop }: LogicPlace): Expression {
  return (scope, data) => {
    // It is not needed, but it may fail.
    fallback(scope, data);
    return isTop ? scope.properties : data;
  };
}

function isWholeData(key: unknown): boolean {
  return key === undefined || key === null || key === '';
}

function orElse(value: unknown, otherwise: unknown): unknown {
  if (value !== undefined) return value;
  return otherwise === undefined ? null : otherwise;
}

/** The value at a path; undefined when there is none. */
function lookingUp(names: readonly string[], { isTop }: LogicPlace): Expression {
  const [first = ''] = names;
  if (!isTop) return (_scope, data) => within(data, names, 0);
  if (names.length === 1) return (scope) => scope.property(first);
  return (scope) => within(scope.property(first), names, 1);
}

/** What is at the end of a path from its `index` on; undefined when it leads nowhere. */
function within(data: unknown, names: readonly string[], index: number): unknown {
  let value = data;
  for (let i = index; i < names.length; i++) {
    if (value === null || value === undefined) return undefined;
    const name = names[i] as string;
    // Of a text these are its characters and its length; numbers have nothing.
    if (!Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}
