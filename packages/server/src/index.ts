export type * from './client.ts';
export { createFlagClient } from './create-client.ts';
export { type BackgroundOptions, background, inline } from './delivery/executor.ts';
export type * from './options.ts';
export { checkFlagClientOptions } from './settings.ts';
export { type ConsoleSinkOptions, consoleSink } from './sinks/console.ts';
export { type FunctionSinkOptions, functionSink } from './sinks/function.ts';
export { type MemorySink, type MemorySinkOptions, memorySink } from './sinks/memory.ts';
