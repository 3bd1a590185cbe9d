import type { ExposureSink } from '@halyard/core';
import { invalidOption } from '../invalid-option.ts';

/** Options of {@link functionSink}. */
export interface FunctionSinkOptions {
  /** Names the sink in events and errors. Default: the function's own name, or `function`. */
  readonly name?: string;
  /** The most exposures one call takes. Default: 100. */
  readonly maxBatchSize?: number;
}

/** A sink that calls a function with each batch. When it throws or rejects, the batch is retried. */
export function functionSink(
  send: ExposureSink['send'],
  { name, maxBatchSize }: FunctionSinkOptions = {},
): ExposureSink {
  if (typeof send !== 'function')
    throw invalidOption('send', send, 'a function that takes a batch');
  return {
    name: name ?? (send.name || 'function'),
    ...(maxBatchSize !== undefined && { maxBatchSize }),
    send,
  };
}
