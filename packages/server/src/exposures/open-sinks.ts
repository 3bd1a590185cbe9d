import {
  type ExposureSink,
  type FlagSource,
  HalyardError,
  isHalyardError,
  messageOf,
  type SinkClient,
} from '@halyard/core';
import { backendSink } from '../sinks/backend.ts';
import type { Transport } from '../transport.ts';
import type { Warnings } from '../warnings.ts';
import type { OpenSink } from './settings.ts';

/** What sinks are opened with. */
export interface SinkParts {
  readonly source: FlagSource;
  /** To the backend; tries once. */
  readonly transport: Transport;
  readonly warnings: Warnings;
}

/** Opens the sinks of a client. Throws a HalyardError INVALID_OPTION when one cannot serve it. */
export function openSinks(sinks: readonly OpenSink[], parts: SinkParts): ExposureSink[] {
  return sinks.map((open) => {
    const sink = open(parts.transport);
    openFor(sink, clientOf(sink, parts));
    return sink;
  });
}

function clientOf({ name }: ExposureSink, { source, transport, warnings }: SinkParts): SinkClient {
  const { exposures: endpoint } = source;
  return {
    sourceName: source.name,
    sourceId: source.id,
    ...(endpoint && { backend: backendSink({ source: source.name, endpoint, transport }) }),
    warn: (message) => warnings.once(`sink ${name}`, message),
  };
}

function openFor(sink: ExposureSink, client: SinkClient): void {
  try {
    sink.open?.(client);
  } catch (thrown) {
    if (isHalyardError(thrown)) throw thrown;
    const message = `the sink "${sink.name}" could not be opened: ${messageOf(thrown)}`;
    throw new HalyardError('exposures', 'INVALID_OPTION', message);
  }
}
