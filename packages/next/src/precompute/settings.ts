import { type FlagSource, HalyardError, isJsonObject } from '@halyard/core';
import type { PrecomputeOptions } from './page.ts';
import { pathSegment, type VariantTransport } from './transport.ts';

/** Options of `flags.precompute`, checked and with every default filled in. */
export interface PrecomputeSettings {
  /** By key. */
  readonly defaults: ReadonlyMap<string, unknown>;
  readonly secret: string;
  readonly onMismatch: NonNullable<PrecomputeOptions['onMismatch']>;
  readonly maxCombinations: number;
  readonly transport: VariantTransport;
}

/** Characters; what `openssl rand -hex 16` gives, and about what a signature is worth. */
const MIN_SECRET_LENGTH = 32;

const DEFAULT_MAX_COMBINATIONS = 64;

/** Checks what `flags.precompute` was given. Throws a HalyardError that names what is wrong. */
export function readPrecomputeSettings(
  source: FlagSource,
  defaults: unknown,
  options: PrecomputeOptions,
): PrecomputeSettings {
  if (source.definitions.kind === 'remote') {
    throw invalid(
      'the source',
      `one with definitions: ${source.name} evaluates elsewhere and cannot list what its flags come out as`,
    );
  }
  if (!isJsonObject(defaults) || Object.keys(defaults).length === 0) {
    throw invalid(
      'the flags',
      'an object of at least one key and its default, such as { sale: false }',
    );
  }
  const { secret, onMismatch = 're-evaluate', maxCombinations, transport } = options ?? {};
  // The secret itself is not told.
  if (typeof secret !== 'string' || secret.length < MIN_SECRET_LENGTH) {
    throw invalid(
      '`secret`',
      `a text of at least ${MIN_SECRET_LENGTH} characters that nobody can guess`,
    );
  }
  if (onMismatch !== 're-evaluate' && onMismatch !== 'not-found') {
    throw invalid('`onMismatch`', "'re-evaluate' or 'not-found'");
  }
  return {
    defaults: new Map(Object.entries(defaults)),
    secret,
    onMismatch,
    maxCombinations: readMaximum(maxCombinations),
    transport: transport ?? pathSegment(),
  };
}

function readMaximum(value = DEFAULT_MAX_COMBINATIONS): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw invalid('`maxCombinations`', 'a whole number above 0');
}

function invalid(what: string, expected: string): HalyardError {
  return new HalyardError(
    'precompute',
    'INVALID_OPTION',
    `${what} must be ${expected}. Correct the call of flags.precompute().`,
  );
}
