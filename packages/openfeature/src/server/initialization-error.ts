import type { FlagSource } from '@halyard/core';
import type { ClientStatus } from '@halyard/server';
import {
  GeneralError,
  type OpenFeatureError,
  ParseError,
  ProviderFatalError,
} from '@openfeature/server-sdk';

/**
 * Why a provider cannot serve yet; undefined when it can. Old definitions can serve: the relay reports
 * their age. PROVIDER_FATAL (OpenFeature 2.4.2.1) is kept for what no waiting mends.
 */
export function initializationError(
  { state, version, lastError }: ClientStatus,
  source: FlagSource,
): OpenFeatureError | undefined {
  if (state === 'closed') {
    return new ProviderFatalError(
      `the client of source "${source.name}" is closed. Give the provider an open client.`,
    );
  }
  if (version !== undefined) return undefined;
  const cause = lastError;
  const what = cause?.message ?? 'they did not arrive in time';
  const message = `source "${source.name}" has no definitions yet: ${what}`;
  if (cause?.code !== 'INVALID_DEFINITIONS') return new GeneralError(message, { cause });
  // Definitions in code never change: nothing can come to their aid.
  if (source.definitions.kind === 'inline') return new ProviderFatalError(message, { cause });
  return new ParseError(message, { cause });
}
