import type { FlagDefinitionCacheProvider } from '@halyard/core';
import { invalidOption } from './invalid-option.ts';

const REQUIRED = [
  'shouldFetchFlagDefinitions',
  'getFlagDefinitions',
  'onFlagDefinitionsReceived',
  'shutdown',
] as const;

const OPTIONAL = [
  'bind',
  'getFlagDefinitionsEntry',
  'onFlagDefinitionsUnchanged',
  'onFlagDefinitionsFetchFailed',
  'mayFetchFlagDefinitions',
  'subscribe',
] as const;

/** Checks that a cache has the methods the runtime calls. Throws a HalyardError that names the wrong one. */
export function checkCache(cache: FlagDefinitionCacheProvider | undefined): void {
  if (cache === undefined) return;
  if (typeof cache !== 'object' || cache === null) {
    throw invalidOption('cache', cache, `an object with the methods ${REQUIRED.join(', ')}`);
  }
  for (const method of [...REQUIRED, ...OPTIONAL]) {
    const given: unknown = cache[method];
    const isAbsent = given === undefined && OPTIONAL.some((optional) => optional === method);
    if (typeof given === 'function' || isAbsent) continue;
    throw invalidOption(`cache.${method}`, given, 'a function');
  }
}
