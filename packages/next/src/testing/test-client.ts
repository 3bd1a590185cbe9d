import type { EvaluationContext, FlagSource } from '@halyard/core';
import {
  type ClientSnapshot,
  createFlagClient,
  type FlagClient,
  type ReadOptions,
} from '@halyard/server';
import type { Recorder } from './records.ts';

/** Nothing goes wrong in a test that its records do not say. */
export const SILENT = { warn: () => {} };

/** The runtime over the flags of a test: it asks nobody, sends nothing, and takes down what it is asked. */
export function testClient(source: FlagSource, recorder: Recorder): FlagClient {
  const client = createFlagClient({ source, exposures: { sink: false }, logger: SILENT });
  const snapshot = (context?: EvaluationContext) =>
    recordedSnapshot(client.snapshot(context), recorder);
  return {
    source,
    snapshot,
    load: async (context) => snapshot(context),
    resolve: (key, defaultValue, context, options) =>
      snapshot(context).details(key, defaultValue, options),
    expose: (key) => recorder.noteExposed(key),
    track: (name, context, details) => {
      recorder.tracked.push({ name, context, details });
    },
    omit: (why, count) => client.omit(why, count),
    ready: (options) => client.ready(options),
    status: () => client.status(),
    on: (event, listener) => client.on(event, listener),
    refresh: (options) => client.refresh(options),
    settled: () => client.settled(),
    flush: (options) => client.flush(options),
    close: (options) => client.close(options),
  };
}

function recordedSnapshot(inner: ClientSnapshot, recorder: Recorder): ClientSnapshot {
  const details = <T>(key: string, defaultValue: T, options?: ReadOptions) => {
    const found = inner.details(key, defaultValue, options);
    recorder.noteRead(key, found.errorCode);
    if (options?.expose !== false && found.errorCode === undefined) recorder.noteExposed(key);
    return found;
  };
  const snapshot: ClientSnapshot = {
    context: inner.context,
    version: inner.version,
    flagKeys: inner.flagKeys,
    details,
    get: (key, defaultValue, options) =>
      details(key, defaultValue, options).value as ReturnType<
        typeof inner.get<typeof defaultValue>
      >,
    resolve: (key) => inner.resolve(key),
    all: () => inner.all(),
    explain: (key) => inner.explain(key),
    outcomesOf: (key) => inner.outcomesOf(key),
    overridden: (chosen) => recordedSnapshot(inner.overridden(chosen), recorder),
    complete: async () => snapshot,
    expose(keys) {
      for (const key of keys) recorder.noteExposed(key);
    },
  };
  return snapshot;
}
