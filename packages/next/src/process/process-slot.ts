import { AsyncLocalStorage } from 'node:async_hooks';
import type { FlagClient, Logger } from '@halyard/server';
import type { Schema } from '../precompute/schema.ts';
import type { TestScope } from '../testing/seam.ts';
import { Ending } from './ending.ts';
import type { RequestTracing } from './trace-requests.ts';

/** One running client, and what this process knows about it. */
export interface SharedClient {
  /** Groups the clients that replace each other in development: the backend's name. */
  readonly name: string;
  readonly client: FlagClient;
  /** Where its warnings go. */
  readonly logger: Logger;
  /** The one wait for the first definitions, shared by all readers: over when it is over. */
  warming: Promise<unknown> | undefined;
  /** Until it is closed. */
  isOpen: boolean;
}

/** What has to exist once per process, however many copies of this module a bundler makes. */
export interface ProcessSlot {
  /** By configuration, see `configurationKey`. */
  readonly clients: Map<string, SharedClient>;
  /** Configurations created in the current turn of the event loop; development only. */
  readonly claims: Map<string, Set<string>>;
  /** Warnings already given, so that a failing identify does not flood the log. */
  readonly warned: Set<string>;
  /** What pages made in advance could come out as lately, by fingerprint: see `precompute/`. */
  readonly schemas: Map<string, Schema>;
  /** Whether the termination signals have been taken over. */
  signalsTaken: boolean;
  /** Lets go of what would put off the end of the process. */
  readonly ending: Ending;
  /** Runs while a client is open. */
  tracing: RequestTracing | undefined;
  /** The test that the code at hand runs in; undefined until a process runs its first. */
  tests: AsyncLocalStorage<TestScope> | undefined;
  /** Runs a function outside of any request. */
  readonly detached: <R>(run: () => R) => R;
}

const SLOT = Symbol.for('halyard@1');

/**
 * Taken while this module first loads. With `register()` in instrumentation.ts that is before any
 * request: work started through it keeps no request alive, and Next does not take its clock readings
 * for those of a prerender. Without `register()` it may be the first request, and then all work counts
 * as that one's.
 */
const outsideOfRequests = AsyncLocalStorage.snapshot();

/**
 * The process's slot. Next evaluates a module up to five times per process, and again after each
 * edit in development, but always with one `globalThis` (specs/platform.md §2.7).
 */
export function processSlot(): ProcessSlot {
  const world = globalThis as { [SLOT]?: ProcessSlot };
  world[SLOT] ??= {
    clients: new Map(),
    claims: new Map(),
    warned: new Set(),
    schemas: new Map(),
    signalsTaken: false,
    ending: new Ending(),
    tracing: undefined,
    tests: undefined,
    detached: outsideOfRequests,
  };
  return world[SLOT];
}
