import { invalidOption } from './invalid-option.ts';

/** Checks where a source says that its backend takes events. Throws a HalyardError INVALID_OPTION. */
export function checkEndpoint(option: string, endpoint: unknown): void {
  const { request, maxBatchSize } = Object(endpoint) as Record<string, unknown>;
  if (typeof request !== 'function') {
    throw invalidOption(`${option}.request`, request, 'a function that describes a request');
  }
  checkBatchSize(option, maxBatchSize);
}

/** Checks how much of something takes at a time. Throws a HalyardError INVALID_OPTION. */
export function checkBatchSize(option: string, size: unknown = 1): void {
  if (Number.isInteger(size) && (size as number) >= 1) return;
  throw invalidOption(`${option}.maxBatchSize`, size, 'a whole number, at least 1');
}
