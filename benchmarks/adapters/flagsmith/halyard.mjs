import { createSnapshot } from '@halyard/core';
import { compile as compileFlagsmith, parse } from '@halyard/sources/flagsmith';

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
  return compileFlagsmith(parse(text), { version: '1' });
}
