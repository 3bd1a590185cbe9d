import { createSnapshot } from '@halyard/core';
import { compile as compileMixpanel, parse } from '@halyard/sources/mixpanel';

export const name = 'halyard';

export function create(text, { flags }) {
  const ruleset = compile(text);
  return {
    one: (context, key) => createSnapshot(ruleset, context).resolve(key).value,
    handle: (context) => createSnapshot(ruleset, context),
    again: (snapshot, key) => snapshot.resolve(key).value,
    all: (context) => createSnapshot(ruleset, context).all(),
    // Flags without a variant for the visitor are not among them.
    valuesOf: (resolutions) => flags.map(({ key }) => resolutions.get(key)?.value),
  };
}

export function compile(text) {
  return compileMixpanel(parse(text), { version: '1' });
}
