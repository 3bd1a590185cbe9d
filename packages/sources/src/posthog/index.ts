/**
 * The PostHog backend: its flag definitions evaluated in this process, and its API asked for what they
 * cannot decide.
 *
 * @see https://posthog.com/docs/feature-flags
 * @module
 */
import type { FileDefinitions, FlagSource, InlineDefinitions } from '@halyard/core';
import { HalyardError, messageOf, murmur3x86_32 } from '@halyard/core';
import { compile, type PosthogCompileOptions, select } from './compile.ts';
import { eventsEndpoint, subjectOf } from './exposure.ts';
import {
  invalidOption,
  type PosthogApi,
  type PosthogApiOptions,
  readApi,
  readSecretKey,
} from './requests/api.ts';
import { remoteEvaluation } from './requests/remote.ts';
import { flagDefinitions } from './requests.ts';
import { trackingEndpoint } from './tracking.ts';
import { cacheCodec } from './wire/cache-data.ts';
import type { PosthogDefinitions } from './wire.ts';
import { parse, requireDefinitions } from './wire.ts';

export type { PosthogCompileOptions, PosthogRuleset } from './compile.ts';
export { compile, select } from './compile.ts';
export type { PosthogApiOptions } from './requests/api.ts';
export type * from './wire/remote-answer.ts';
export type * from './wire.ts';
export { parse } from './wire.ts';

/** The options of every PostHog source that talks to PostHog. */
interface SharedOptions extends PosthogApiOptions {
  /** Sends a `$feature_flag_called` event for each visitor who is shown a flag. Default: true. */
  readonly sendFeatureFlagEvents?: boolean;
  /**
   * Definitions, or the path of a JSON file with them, that are used until PostHog has answered for the
   * first time.
   */
  readonly offline?: PosthogDefinitions | string;
}

/** Options of {@link posthog}. */
export interface PosthogOptions extends SharedOptions {
  /**
   * A project secret key (`phs_…`) or a personal API key (`phx_…`) that may read feature flags. It never
   * leaves the server.
   */
  readonly secretKey: string;
  /** Whether PostHog may be asked for flags that cannot be decided here. Default: true. */
  readonly remote?: boolean;
}

/** Options of {@link posthogRemote}. */
export type PosthogRemoteOptions = SharedOptions;

const REFRESH_INTERVAL = 30_000;

/**
 * PostHog, evaluated in this process from its flag definitions.
 *
 * @throws HalyardError INVALID_OPTION when a key or an option is malformed.
 *
 * @example
 * ```ts
 * const flags = createFlags({
 *   source: posthog({ projectKey: 'phc_…', secretKey: process.env.POSTHOG_SECRET_KEY ?? '' }),
 * });
 * ```
 */
export function posthog(options: PosthogOptions): FlagSource<PosthogDefinitions> {
  const api = readApi('posthog', options);
  const { secretKey, remote = true } = options;
  const definitions = flagDefinitions(api, readSecretKey(secretKey));
  return {
    ...sourceOf(definitions, placeOf(api), api.evaluationContexts),
    ...endpoints('posthog', api, options),
    refreshInterval: REFRESH_INTERVAL,
    cacheCodec,
    ...(remote && { remote: remoteEvaluation(api) }),
  };
}

/**
 * PostHog, asked for the flags of each visitor. It takes no secret key.
 *
 * @throws HalyardError INVALID_OPTION when the key or an option is malformed.
 */
export function posthogRemote(options: PosthogRemoteOptions): FlagSource<PosthogDefinitions> {
  const api = readApi('posthogRemote', options);
  return {
    ...sourceOf({ kind: 'remote' }, `remote:${placeOf(api)}`, api.evaluationContexts),
    ...endpoints('posthogRemote', api, options),
    remote: remoteEvaluation(api),
  };
}

/**
 * Flag definitions in a JSON file, which the runtime reads and watches: PostHog without its servers.
 *
 * @param path Relative paths are relative to the process's working directory.
 * @throws HalyardError INVALID_OPTION when the path is empty or not a string.
 */
export function posthogFile(
  path: string,
  options: Pick<PosthogApiOptions, 'evaluationContexts'> = {},
): FlagSource<PosthogDefinitions> {
  return sourceOf(fileAt('posthogFile', path), path, options.evaluationContexts);
}

/**
 * Flag definitions given in code. They never change.
 *
 * @throws HalyardError INVALID_DEFINITIONS when these are no flag definitions.
 */
export function posthogDefinitions(
  definitions: PosthogDefinitions,
  options: Pick<PosthogApiOptions, 'evaluationContexts'> = {},
): FlagSource<PosthogDefinitions> {
  const value = requireDefinitions(definitions);
  const place = `inline:${digest(textOf(value))}`;
  return sourceOf({ kind: 'inline', value }, place, options.evaluationContexts);
}

function sourceOf(
  definitions: FlagSource<PosthogDefinitions>['definitions'],
  place: string,
  evaluationContexts: readonly string[] = [],
): FlagSource<PosthogDefinitions> {
  return {
    name: 'posthog',
    id: `posthog:${place}`,
    definitions,
    compile: (document, options?: PosthogCompileOptions) =>
      compile(document, { evaluationContexts, ...options }),
    select,
    subject: subjectOf,
  };
}

function endpoints(
  factory: string,
  api: PosthogApi,
  { sendFeatureFlagEvents = true, offline }: SharedOptions,
): Partial<FlagSource<PosthogDefinitions>> {
  return {
    ...(sendFeatureFlagEvents && { exposures: eventsEndpoint(api) }),
    tracking: trackingEndpoint(api),
    ...(offline !== undefined && { fallback: fallbackOf(factory, offline) }),
  };
}

function fallbackOf(
  factory: string,
  offline: PosthogDefinitions | string,
): FileDefinitions<PosthogDefinitions> | InlineDefinitions<PosthogDefinitions> {
  if (typeof offline === 'string') return fileAt(`\`offline\` of ${factory}`, offline);
  return { kind: 'inline', value: requireDefinitions(offline) };
}

function fileAt(option: string, path: unknown): FileDefinitions<PosthogDefinitions> {
  if (typeof path === 'string' && path.trim() !== '') return { kind: 'file', path, parse };
  throw invalidOption(
    `${option} needs the path of a JSON file with flag definitions, such as './posthog.json'`,
  );
}

/** Where definitions come from, without showing a key. */
function placeOf({ host, projectKey, evaluationContexts }: PosthogApi): string {
  return `${host}#${digest(JSON.stringify([projectKey, evaluationContexts]))}`;
}

function textOf(definitions: PosthogDefinitions): string {
  try {
    return JSON.stringify(definitions);
  } catch (cause) {
    throw new HalyardError(
      'posthog',
      'INVALID_DEFINITIONS',
      `the definitions given to posthogDefinitions hold what JSON cannot carry: ${messageOf(cause)}`,
      { cause },
    );
  }
}

function digest(text: string): string {
  return murmur3x86_32(text).toString(16);
}
