/**
 * The Mixpanel backend: its flag definitions evaluated in this process, or its API asked for the flags of
 * each visitor.
 *
 * @see https://docs.mixpanel.com/docs/featureflags
 * @module
 */
import type { FileDefinitions, FlagSource, InlineDefinitions } from '@halyard/core';
import { HalyardError, messageOf, murmur3x86_32 } from '@halyard/core';
import { compile, select } from './compile.ts';
import { type EvaluationMode, exposureEndpoint } from './exposure.ts';
import {
  invalidOption,
  type MixpanelApi,
  type MixpanelApiOptions,
  readApi,
} from './requests/api.ts';
import { remoteEvaluation } from './requests/remote.ts';
import { subjectOf } from './requests/subject.ts';
import { flagDefinitions } from './requests.ts';
import { trackingEndpoint } from './tracking.ts';
import type { MixpanelDefinitions } from './wire.ts';
import { parse, requireDefinitions } from './wire.ts';

export { compile, select } from './compile.ts';
export type { MixpanelApiOptions, MixpanelServiceAccount } from './requests/api.ts';
export type { MixpanelFlagsAnswer, MixpanelSelectedVariant } from './wire/remote-answer.ts';
export type * from './wire.ts';
export { parse } from './wire.ts';

/** Options of {@link mixpanel}. */
export interface MixpanelOptions extends MixpanelApiOptions {
  /** Sends an `$experiment_started` event for each visitor who is shown a variant. Default: true. */
  readonly sendExposures?: boolean;
  /**
   * Definitions, or the path of a JSON file with them, that are used until Mixpanel has answered for the
   * first time.
   */
  readonly offline?: MixpanelDefinitions | string;
}

/** Options of {@link mixpanelRemote}. */
export type MixpanelRemoteOptions = MixpanelOptions;

/** As often as Mixpanel's own SDKs. */
const REFRESH_INTERVAL = 60_000;

/**
 * Mixpanel, evaluated in this process from its flag definitions.
 *
 * @throws HalyardError INVALID_OPTION when the token, the service account or an option is malformed.
 *
 * @example
 * ```ts
 * const flags = createFlags({
 *   source: mixpanel({ token: process.env.MIXPANEL_TOKEN ?? '' }),
 *   identify: ({ visitorId }) => ({ targetingKey: visitorId, distinct_id: visitorId }),
 * });
 * ```
 */
export function mixpanel(options: MixpanelOptions): FlagSource<MixpanelDefinitions> {
  const api = readApi('mixpanel', options);
  return {
    ...sourceOf(flagDefinitions(api), placeOf(api)),
    ...endpoints(options, { factory: 'mixpanel', api, mode: 'local' }),
    refreshInterval: REFRESH_INTERVAL,
  };
}

/**
 * Mixpanel, asked for the flags of each visitor: it knows cohorts and sticky variants, which definitions
 * do not have.
 *
 * @throws HalyardError INVALID_OPTION when the token, the service account or an option is malformed.
 */
export function mixpanelRemote(options: MixpanelRemoteOptions): FlagSource<MixpanelDefinitions> {
  const api = readApi('mixpanelRemote', options);
  return {
    ...sourceOf({ kind: 'remote' }, `remote:${placeOf(api)}`),
    ...endpoints(options, { factory: 'mixpanelRemote', api, mode: 'remote' }),
    remote: remoteEvaluation(api),
  };
}

/**
 * Flag definitions in a JSON file, which the runtime reads and watches: Mixpanel without its servers.
 *
 * @param path Relative paths are relative to the process's working directory.
 * @throws HalyardError INVALID_OPTION when the path is empty or not a string.
 */
export function mixpanelFile(path: string): FlagSource<MixpanelDefinitions> {
  return sourceOf(fileAt('mixpanelFile', path), path);
}

/**
 * Flag definitions given in code. They never change.
 *
 * @throws HalyardError INVALID_DEFINITIONS when these are no flag definitions.
 */
export function mixpanelDefinitions(
  definitions: MixpanelDefinitions,
): FlagSource<MixpanelDefinitions> {
  const value = requireDefinitions(definitions);
  return sourceOf({ kind: 'inline', value }, `inline:${digest(textOf(value))}`);
}

function sourceOf(
  definitions: FlagSource<MixpanelDefinitions>['definitions'],
  place: string,
): FlagSource<MixpanelDefinitions> {
  return {
    name: 'mixpanel',
    id: `mixpanel:${place}`,
    definitions,
    compile,
    select,
    subject: subjectOf,
  };
}

/** What is being made. */
interface Made {
  readonly factory: string;
  readonly api: MixpanelApi;
  readonly mode: EvaluationMode;
}

function endpoints(
  { sendExposures = true, offline }: MixpanelOptions,
  { factory, api, mode }: Made,
): Partial<FlagSource<MixpanelDefinitions>> {
  return {
    ...(sendExposures && { exposures: exposureEndpoint(api, mode) }),
    tracking: trackingEndpoint(api),
    ...(offline !== undefined && { fallback: fallbackOf(factory, offline) }),
  };
}

function fallbackOf(
  factory: string,
  offline: MixpanelDefinitions | string,
): FileDefinitions<MixpanelDefinitions> | InlineDefinitions<MixpanelDefinitions> {
  if (typeof offline === 'string') return fileAt(`\`offline\` of ${factory}`, offline);
  return { kind: 'inline', value: requireDefinitions(offline) };
}

function fileAt(option: string, path: unknown): FileDefinitions<MixpanelDefinitions> {
  if (typeof path === 'string' && path.trim() !== '') return { kind: 'file', path, parse };
  throw invalidOption(
    `${option} needs the path of a JSON file with flag definitions, such as './mixpanel.json'`,
  );
}

/** Where definitions come from, without showing a credential. */
function placeOf({ address, token, serviceAccount }: MixpanelApi): string {
  return `${address}#${digest(JSON.stringify([token, serviceAccount?.projectId]))}`;
}

function textOf(definitions: MixpanelDefinitions): string {
  try {
    return JSON.stringify(definitions);
  } catch (cause) {
    throw new HalyardError(
      'mixpanel',
      'INVALID_DEFINITIONS',
      `the definitions given to mixpanelDefinitions hold what JSON cannot carry: ${messageOf(cause)}`,
      { cause },
    );
  }
}

function digest(text: string): string {
  return murmur3x86_32(text).toString(16);
}
