import type { OperatorCompiler } from '@halyard/core';
import { compileArguments } from './arguments.ts';

/** `starts_with` */
export const startsWith: OperatorCompiler = textOperator((text, part) => text.startsWith(part));

/** `ends_with` */
export const endsWith: OperatorCompiler = textOperator((text, part) => text.endsWith(part));

/** An operator on exactly two texts; for anything else its answer is null. */
function textOperator(test: (text: string, part: string) => boolean): OperatorCompiler {
  const apply = (text: unknown, part: unknown): boolean | null =>
    typeof text === 'string' && typeof part === 'string' ? test(text, part) : null;
  return (args, compile) => {
    if (Array.isArray(args) && args.length === 2) {
      const text = compile(args[0], '[0]');
      const part = compile(args[1], '[1]');
      return (data, frame) => apply(text(data, frame), part(data, frame));
    }
    const evaluate = compileArguments(args, compile);
    return (data, frame) => {
      const values = evaluate(data, frame);
      return values.length === 2 ? apply(values[0], values[1]) : null;
    };
  };
}
