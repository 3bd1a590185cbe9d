import type { CompileNested, LogicFrame } from '@halyard/core';

/** Compiles arguments the way the engine passes them: a value that is no array is the only argument. */
export function compileArguments(args: unknown, compile: CompileNested) {
  if (Array.isArray(args)) {
    const items = args.map((arg, i) => compile(arg, `[${i}]`));
    return (data: unknown, frame: LogicFrame): readonly unknown[] =>
      items.map((item) => item(data, frame));
  }
  const single = compile(args, '');
  return (data: unknown, frame: LogicFrame): readonly unknown[] => {
    const value = single(data, frame);
    return Array.isArray(value) ? value : [value];
  };
}
