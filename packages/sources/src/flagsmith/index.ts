/**
 * The Flagsmith backend: its environment document evaluated in this process, or its API asked for each
 * visitor.
 *
 * @see https://docs.flagsmith.com
 * @module
 */
import type { FileDefinitions, FlagSource, InlineDefinitions } from '@halyard/core';
import { murmur3x86_32 } from '@halyard/core';
import { type DefaultFlag, defaultFlags } from './compile/default-flag.ts';
import { compile, type FlagsmithCompileOptions, select } from './compile.ts';
import { exposureEndpoint } from './exposure.ts';
import {
  type FlagsmithApi,
  type FlagsmithApiOptions,
  invalidOption,
  readApi,
  readKey,
  readUrl,
} from './requests/api.ts';
import { type IsTransient, remoteEvaluation } from './requests/remote.ts';
import { realtimeUpdates } from './requests/updates.ts';
import { usageAnalytics } from './requests/usage.ts';
import { environmentDocument } from './requests.ts';
import { trackingEndpoint } from './tracking.ts';
import type { FlagsmithDocument } from './wire.ts';
import { parse, requireDocument } from './wire.ts';

export type { DefaultFlag } from './compile/default-flag.ts';
export { evaluateContext } from './compile/evaluate-context.ts';
export type { FlagsmithCompileOptions, FlagsmithRuleset } from './compile.ts';
export { compile, select } from './compile.ts';
export type { FlagsmithApiOptions } from './requests/api.ts';
export type { IsTransient } from './requests/remote.ts';
export type * from './wire/evaluation-context.ts';
export type * from './wire.ts';
export { parse } from './wire.ts';

/** The options of every Flagsmith source that talks to its API. */
interface SharedOptions extends FlagsmithApiOptions {
  /**
   * Sends an event for each visitor who is shown a variant, to Flagsmith's experiments, and what the
   * application tracks. Default: false.
   */
  readonly events?: boolean;
  /** Where events go. Default: `https://events.api.flagsmith.com/v1/events`. */
  readonly eventsUrl?: string;
  /** Counts how often each flag is read, for Flagsmith's usage analytics. Default: false. */
  readonly analytics?: boolean;
  /**
   * An environment document, or the path of one as a JSON file, that is used until Flagsmith has
   * answered for the first time.
   */
  readonly offline?: FlagsmithDocument | string;
  /** What flags are that Flagsmith does not have, and all flags as long as it has not answered. */
  readonly defaultFlag?: DefaultFlag;
}

/** Options of {@link flagsmith}. */
export interface FlagsmithOptions extends SharedOptions {
  /** A server-side environment key. It begins with `ser.`, and never leaves the server. */
  readonly environmentKey: string;
  /** Learns of changes by a stream at once, and not only at the next request. Default: false. */
  readonly realtime?: boolean;
  /** Where the stream is. Default: `https://realtime.flagsmith.com/`. */
  readonly realtimeUrl?: string;
}

/** Options of {@link flagsmithRemote}. */
export interface FlagsmithRemoteOptions extends SharedOptions {
  /** An environment key, client-side or server-side. */
  readonly environmentKey: string;
  /** Which visitors' identities Flagsmith evaluates without storing them. Default: none. */
  readonly transient?: IsTransient;
}

const REFRESH_INTERVAL = 60_000;
const SERVER_KEY = /^ser\./;

/**
 * Flagsmith, evaluated in this process from the environment document.
 *
 * @throws HalyardError INVALID_OPTION when the key is not a server-side one, or an option is malformed.
 *
 * @example
 * ```ts
 * const flags = createFlags({ source: flagsmith({ environmentKey: process.env.FLAGSMITH_KEY }) });
 * ```
 */
export function flagsmith(options: FlagsmithOptions): FlagSource<FlagsmithDocument> {
  const key = readKey('flagsmith', options?.environmentKey);
  if (!SERVER_KEY.test(key)) {
    throw invalidOption(
      '`environmentKey` of flagsmith must be a server-side key, which begins with `ser.`: only those may see the rules. Create one in Flagsmith under SDK Keys, or use flagsmithRemote with a client-side key',
    );
  }
  const api = readApi('flagsmith', key, options);
  const { realtime = false, realtimeUrl = 'https://realtime.flagsmith.com/' } = options;
  const streamUrl = readUrl('`realtimeUrl` of flagsmith', realtimeUrl);
  return {
    ...sourceOf(environmentDocument(api), `${api.url}#${digest(key)}`, options.defaultFlag),
    ...endpoints('flagsmith', api, options),
    refreshInterval: REFRESH_INTERVAL,
    webhook: { header: 'x-flagsmith-signature', algorithm: 'sha256', encoding: 'hex' },
    ...(realtime && { updates: realtimeUpdates(streamUrl) }),
  };
}

/**
 * Flagsmith, asked for the flags of each visitor.
 *
 * @throws HalyardError INVALID_OPTION when the key or an option is malformed.
 */
export function flagsmithRemote(options: FlagsmithRemoteOptions): FlagSource<FlagsmithDocument> {
  const key = readKey('flagsmithRemote', options?.environmentKey);
  const api = readApi('flagsmithRemote', key, options);
  const { transient = () => false } = options;
  if (typeof transient !== 'function') {
    throw invalidOption('`transient` of flagsmithRemote must be a function that takes a context');
  }
  const place = `remote:${api.url}#${digest(key)}`;
  return {
    ...sourceOf({ kind: 'remote' }, place, options.defaultFlag),
    ...endpoints('flagsmithRemote', api, options),
    remote: remoteEvaluation(api, transient),
  };
}

/**
 * An environment document in a JSON file, which the runtime reads and watches: Flagsmith without its
 * server.
 *
 * @param path Relative paths are relative to the process's working directory.
 * @throws HalyardError INVALID_OPTION when the path is empty or not a string.
 */
export function flagsmithFile(path: string): FlagSource<FlagsmithDocument> {
  return sourceOf(fileAt('flagsmithFile', path), path);
}

/**
 * An environment document given in code. It never changes.
 *
 * @throws HalyardError INVALID_DEFINITIONS when it is no environment document.
 */
export function flagsmithDefinitions(document: FlagsmithDocument): FlagSource<FlagsmithDocument> {
  const value = requireDocument(document);
  return sourceOf({ kind: 'inline', value }, `inline:${digest(JSON.stringify(value))}`);
}

function sourceOf(
  definitions: FlagSource<FlagsmithDocument>['definitions'],
  place: string,
  defaultFlag?: DefaultFlag,
): FlagSource<FlagsmithDocument> {
  const missing = defaultFlags(defaultFlag);
  return {
    name: 'flagsmith',
    id: `flagsmith:${place}`,
    definitions,
    compile: (document, options?: FlagsmithCompileOptions) =>
      compile(document, { missing, ...options }),
    select,
    ...(missing !== undefined && { missing }),
  };
}

function endpoints(
  factory: string,
  api: FlagsmithApi,
  options: SharedOptions,
): Partial<FlagSource<FlagsmithDocument>> {
  const { events = false, analytics = false, offline } = options;
  const { eventsUrl = 'https://events.api.flagsmith.com/v1/events' } = options;
  const url = readUrl(`\`eventsUrl\` of ${factory}`, eventsUrl).replace(/\/$/, '');
  const intake = { ...api, url };
  return {
    ...(events && { exposures: exposureEndpoint(intake), tracking: trackingEndpoint(intake) }),
    ...(analytics && { usage: usageAnalytics(api) }),
    ...(offline !== undefined && { fallback: fallbackOf(factory, offline) }),
  };
}

function fallbackOf(
  factory: string,
  offline: FlagsmithDocument | string,
): FileDefinitions<FlagsmithDocument> | InlineDefinitions<FlagsmithDocument> {
  if (typeof offline === 'string') return fileAt(`\`offline\` of ${factory}`, offline);
  return { kind: 'inline', value: requireDocument(offline) };
}

function fileAt(option: string, path: unknown): FileDefinitions<FlagsmithDocument> {
  if (typeof path === 'string' && path.trim() !== '') return { kind: 'file', path, parse };
  throw invalidOption(
    `${option} needs the path of a JSON file with an environment document, such as './flagsmith.json'`,
  );
}

function digest(text: string): string {
  return murmur3x86_32(text).toString(16);
}
