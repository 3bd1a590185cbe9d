import {
  errorResolution,
  type FlagSource,
  flagOutcome,
  flagValueType,
  type SelectValue,
} from '@halyard/core';
import { type TestFlags, testResolutions } from '@halyard/core/test-flags';

/**
 * A backend that has the flags of a test and no others. They are read as the application's own backend
 * reads: where a variant is also a switch there, it is one here.
 */
export function testSource(flags: TestFlags, own: FlagSource): FlagSource {
  const resolutions = testResolutions(flags);
  const flagKeys = [...resolutions.keys()];
  const resolve = (key: string) => resolutions.get(key) ?? notGiven(key, flagKeys);
  return {
    name: 'test',
    id: 'withFlags',
    definitions: { kind: 'inline', value: flags },
    compile: () => ({
      source: 'test',
      version: 'test',
      flagKeys,
      diagnostics: [],
      resolve,
      resolveAll: () => flagKeys.map(resolve),
      outcomesOf: (key) => {
        const resolution = resolutions.get(key);
        return resolution && [flagOutcome(resolution)];
      },
    }),
    select: selectLike(own.select),
  };
}

function selectLike(select: SelectValue): SelectValue {
  return (resolution, type) => {
    const { value } = resolution;
    if (type === undefined || flagValueType(value) === type) return value;
    return select({ ...resolution, enabled: value !== false }, type);
  };
}

function notGiven(key: string, given: readonly string[]) {
  const list = given.length === 0 ? 'none were' : `those are ${given.join(', ')}`;
  return errorResolution('FLAG_NOT_FOUND', `flag "${key}" was not given to withFlags(): ${list}`);
}
