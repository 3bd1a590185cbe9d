import type { EvaluationContext } from '@halyard/core';
import { checkFlagClientOptions, type FlagClientOptions, type Logger } from '@halyard/server';
import { afterResponse } from './exposures/after-response.ts';
import { readExposures } from './exposures/consent.ts';
import type { CreateFlagsOptions, FlagExposureOptions, IdentifyRequest } from './flags.ts';
import { invalidOption } from './invalid-option.ts';
import { type OverrideSettings, readOverrides } from './overrides/settings.ts';
import {
  type ClientContextSettings,
  readClientContext,
} from './visitor/client-context-settings.ts';
import { readVisitorCookie, type VisitorCookie } from './visitor/visitor-cookie.ts';

/** Options of `createFlags`, checked and with every default filled in. */
export interface Settings {
  readonly clientOptions: FlagClientOptions;
  readonly identify: (request: IdentifyRequest) => EvaluationContext | Promise<EvaluationContext>;
  readonly identifyTimeout: number;
  /** Undefined where nobody has to agree to being counted. */
  readonly consent: FlagExposureOptions['consent'];
  readonly readyTimeout: number;
  /** The keys that may reach the browser; undefined for all of them. */
  readonly allowed: ReadonlySet<string> | undefined;
  readonly visitor: VisitorCookie;
  /** Undefined where pages may set nothing of the context. */
  readonly clientContext: ClientContextSettings | undefined;
  /** Undefined where nothing can be overridden. */
  readonly overrides: OverrideSettings | undefined;
  readonly logger: Logger;
}

const DEFAULT_TIMEOUT = 1000;

/** Checks the options and fills in defaults. Throws a HalyardError that names the wrong option. */
export function readSettings(options: CreateFlagsOptions): Settings {
  if (typeof options !== 'object' || options === null) {
    throw invalidOption('the options', 'an object with at least `source`');
  }
  const { source, refresh, cache, transport, identify, logger = console } = options;
  const { consent, exposures } = readExposures(options.exposures);
  // The client is created later, by the first read; what is wrong with its options shows here.
  checkFlagClientOptions({ source, refresh, cache, transport, exposures, logger });
  if (identify !== undefined && typeof identify !== 'function') {
    throw invalidOption('`identify`', 'a function that returns an evaluation context');
  }
  const executor = exposures?.executor ?? afterResponse();
  return {
    clientOptions: {
      source,
      refresh,
      cache,
      transport,
      logger,
      exposures: { ...exposures, executor },
    },
    identify: identify ?? (({ visitorId }) => ({ targetingKey: visitorId })),
    consent,
    identifyTimeout: milliseconds('identifyTimeout', options.identifyTimeout),
    readyTimeout: milliseconds('readyTimeout', options.readyTimeout),
    allowed: readAllowed(options.client),
    visitor: readVisitorCookie(options.visitor),
    clientContext: readClientContext(options.client?.context, source),
    overrides: readOverrides(options.overrides),
    logger,
  };
}

function readAllowed(client: CreateFlagsOptions['client']): ReadonlySet<string> | undefined {
  if (client === undefined) return new Set();
  const { flags } = client;
  if (flags === 'all') return undefined;
  if (!Array.isArray(flags) || flags.some((key) => typeof key !== 'string')) {
    throw invalidOption('`client.flags`', "a list of flag keys, or 'all'");
  }
  return new Set(flags);
}

function milliseconds(option: string, value: number | undefined): number {
  if (value === undefined) return DEFAULT_TIMEOUT;
  // setTimeout takes at most 2^31 - 1 and treats anything above as 1.
  if (Number.isFinite(value) && value >= 0 && value < 2 ** 31) return value;
  throw invalidOption(`\`${option}\``, 'a number of milliseconds, 0 or more');
}
