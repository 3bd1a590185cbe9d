import { FlagdCore } from '@openfeature/flagd-core';

export const name = 'flagd-core 4.0.1';

const SILENT = { error() {}, warn() {}, info() {}, debug() {} };
const RESOLVERS = {
  boolean: (core, key, context) => core.resolveBooleanEvaluation(key, false, context, SILENT),
  string: (core, key, context) => core.resolveStringEvaluation(key, '', context, SILENT),
  number: (core, key, context) => core.resolveNumberEvaluation(key, 0, context, SILENT),
};

export function create(text, { flags }) {
  const core = compile(text);
  const resolverOf = new Map(
    flags.map(({ key, variants }) => [key, RESOLVERS[typeof Object.values(variants)[0]]]),
  );
  const one = (context, key) => resolverOf.get(key)(core, key, context).value;
  return {
    one,
    handle: (context) => context,
    again: one,
    all: (context) => core.resolveAll(context, SILENT),
    valuesOf: (list) => list.map(({ value }) => value),
  };
}

export function compile(text) {
  const core = new FlagdCore(undefined, SILENT);
  core.setConfigurations(text);
  return core;
}

/** As flagd's in-process provider takes over a document, but fetched. */
export function connect(url) {
  const core = new FlagdCore(undefined, SILENT);
  return {
    refresh: async () => {
      const response = await fetch(url);
      core.setConfigurations(await response.text());
    },
    read: async (context) => core.resolveAll(context, SILENT),
  };
}
