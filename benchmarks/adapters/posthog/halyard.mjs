import { createSnapshot } from '@halyard/core';
import { compile as compilePosthog, parse } from '@halyard/sources/posthog';

export const name = 'halyard';

export function create(text) {
  const ruleset = compile(text);
  return {
    one: (context, key) => createSnapshot(ruleset, context).resolve(key).value,
    handle: (context) => createSnapshot(ruleset, context),
    again: (snapshot, key) => snapshot.resolve(key).value,
    all: (context) => createSnapshot(ruleset, context).all(),
    valuesOf: (resolutions) => [...resolutions.values()].map(({ value }) => value),
  };
}

export function compile(text) {
  return compilePosthog(parse(text), { version: '1' });
}
