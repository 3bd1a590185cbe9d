import { joinPath } from '../error.ts';
import { argumentsFault, shapeFault } from '../fault.ts';
import { computed, type Part, type Scope } from '../scope.ts';
import type { Expression } from '../types.ts';
import { Walk } from '../walk.ts';
import { inlineBody } from './body.ts';

/** `pipe`: each stage's result is the next one's data. A string's stages are its characters. */
export function inlinePipe(args: unknown, scope: Scope, path: string): Part {
  if (args === null || args === undefined) throw shapeFault('a list of stages', path);
  const stages: readonly unknown[] = Array.isArray(args)
    ? args
    : Array.from({ length: typeof args === 'string' ? args.length : 0 }, (_none, i) =>
        (args as string).charAt(i),
      );
  const first = scope.compilation.inline(stages[0], scope, `${path}[0]`);
  if (stages.length < 2) return first;
  const others = stages
    .slice(1)
    .map((stage, i) => inlineBody(stage, scope, `${path}[${i + 1}]`, 'pipe'));
  return computed((data, frame) => {
    let value = first.run(data, frame);
    for (const stage of others) value = new Walk(stage, null, data, frame).run(value, 0);
    return value;
  });
}

/** `eachKey`: an object of the same keys with every rule's result. */
export function inlineEachKey(args: unknown, scope: Scope, path: string): Part {
  if (typeof args !== 'object' || args === null) throw argumentsFault('an object of rules', path);
  const entries = Object.entries(args).map(([key, rule]): [string, Expression] => [
    key,
    scope.compilation.inline(rule, scope, joinPath(path, key)).run,
  ]);
  return computed((data, frame) =>
    Object.fromEntries(entries.map(([key, run]) => [key, run(data, frame)])),
  );
}
