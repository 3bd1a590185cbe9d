import {
  type ErrorCode,
  type EvaluationDetails,
  errorResolution,
  type FlagsBootstrap,
  messageOf,
  type Resolution,
} from '@halyard/core';
import type { ClientExplanation } from '@halyard/server';
import type { FlagReadOptions, Flags } from '../flags.ts';
import { processSlot } from '../process/process-slot.ts';
import { warnOnce } from '../process/warn-once.ts';
import type { Settings } from '../settings.ts';
import { bootstrapOf, EMPTY_BOOTSTRAP } from './bootstrap.ts';
import { CachedReadError, refuseInCacheScope } from './cache-scope.ts';
import { decided } from './decided.ts';
import { rethrowFrameworkSignal } from './framework-signals.ts';
import type { Visit } from './visits.ts';

type KnownVisit = Extract<Visit, { problem?: undefined }>;

/** What a reader gets instead of its flags. */
interface Failure {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

/** Reads within a request. Every one of them answers, whatever goes wrong below it. */
export function createReads(
  settings: Settings,
  currentVisit: () => Promise<Visit>,
): Pick<Flags, 'get' | 'details' | 'all' | 'explain' | 'hydrate'> {
  /** The one place where a read meets what can go wrong: Next's signals travel on, the rest ends here. */
  async function total<T>(
    key: string | undefined,
    read: (visit: KnownVisit) => T | Promise<T>,
    otherwise: (failure: Failure) => T,
  ): Promise<T> {
    try {
      refuseInCacheScope(key);
      const visit = await currentVisit();
      if (visit.snapshot !== undefined) return await read(visit);
      return otherwise({ errorCode: 'INVALID_CONTEXT', errorMessage: visit.problem });
    } catch (error) {
      rethrowFrameworkSignal(error);
      if (error instanceof CachedReadError) throw error;
      const errorMessage = `a flag could not be read: ${messageOf(error)}`;
      warnOnce(settings.logger, errorMessage);
      return otherwise({ errorCode: 'GENERAL', errorMessage });
    }
  }

  function countsHere(key: string, options: FlagReadOptions | undefined): boolean {
    const expose = options?.expose ?? true;
    if (expose !== 'on-mount') return expose;
    if (settings.allowed?.has(key) ?? true) return false;
    warnOnce(
      settings.logger,
      `the browser cannot count "${key}", which may not reach it, so the server does, as well as it can. Name the flag: createFlags({ client: { flags: […] } }).`,
    );
    return true;
  }

  const read = <T>(key: string, defaultValue: T, options: FlagReadOptions | undefined) =>
    total<EvaluationDetails<T>>(
      key,
      async (visit) => {
        const { exposures } = visit;
        const snapshot = await decided(visit.snapshot, settings, [key]);
        const details = evaluate(() => snapshot.details(key, defaultValue, { expose: false }));
        // A default given for want of a value shows the visitor nothing of the flag.
        if (details.errorCode === undefined && countsHere(key, options)) exposures.add(key);
        return details;
      },
      (failure) => ({
        flagKey: key,
        value: defaultValue,
        reason: 'ERROR',
        flagMetadata: {},
        ...failure,
      }),
    );

  return {
    details: read as Flags['details'],
    get: (async (key: string, defaultValue: unknown, options?: FlagReadOptions) =>
      (await read(key, defaultValue, options)).value) as Flags['get'],
    all: () =>
      total<ReadonlyMap<string, Resolution>>(
        undefined,
        async (visit) => {
          const snapshot = await decided(visit.snapshot, settings);
          return evaluate(() => snapshot.all());
        },
        () => new Map(),
      ),
    explain: (key) =>
      total<ClientExplanation>(
        key,
        ({ snapshot }) => evaluate(() => snapshot.explain(key)),
        ({ errorCode, errorMessage }) => ({
          flagKey: key,
          resolution: errorResolution(errorCode, errorMessage),
          steps: [],
          source: settings.clientOptions.source.name,
          version: '',
          ageMs: undefined,
        }),
      ),
    hydrate() {
      const bootstrap = total<FlagsBootstrap>(
        undefined,
        async (visit) => {
          const snapshot = await decided(visit.snapshot, settings, settings.allowed);
          return evaluate(() => bootstrapOf(snapshot, settings));
        },
        () => EMPTY_BOOTSTRAP,
      );
      // Handed to FlagsProvider without being awaited: when the render ends before anybody reads it,
      // Next's signal in it must not count as an unhandled rejection.
      bootstrap.catch(() => {});
      return bootstrap;
    },
  };
}

/** Rules may read the clock, which Next must not take for a page's own (specs/platform.md §2.4). */
function evaluate<T>(run: () => T): T {
  return processSlot().detached(run);
}
