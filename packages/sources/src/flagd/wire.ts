import type { FlagMetadata, FlagValue } from '@halyard/core';
import { HalyardError, isJsonObject, messageOf } from '@halyard/core';
import { placeOfJsonError } from './wire/json-error.ts';

/** A flagd definitions document (`https://flagd.dev/schema/v0/flags.json`). */
export interface FlagdDocument {
  readonly $schema?: string;
  /** Rules shared between flags: `{ "$ref": "name" }` in targeting stands for the rule of that name. */
  readonly $evaluators?: Readonly<Record<string, unknown>>;
  /** Facts about the whole flag set; every flag's metadata is merged over them. */
  readonly metadata?: FlagMetadata;
  /** Flags by key, or the daemon's array form in which each flag names its key. */
  readonly flags: Readonly<Record<string, FlagdFlag>> | readonly FlagdArrayFlag[];
}

/** One flag. */
export interface FlagdFlag {
  /** A disabled flag answers with the caller's default. */
  readonly state: 'ENABLED' | 'DISABLED';
  /** The values the flag can take, all of one type, by variant name. */
  readonly variants: Readonly<Record<string, FlagValue>>;
  /** The variant when targeting names none; null or absent: the caller's default. */
  readonly defaultVariant?: string | null;
  /** A JSON Logic rule whose result names the variant. Absent or `{}`: no targeting. */
  readonly targeting?: unknown;
  readonly metadata?: FlagMetadata;
}

/** One flag of the array form. */
export interface FlagdArrayFlag extends FlagdFlag {
  readonly key: string;
}

/**
 * Reads a definitions document. What is wrong within one flag is left to `compile`, where it harms
 * that flag only.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the text is not JSON or holds no flags.
 */
export function parse(text: string): FlagdDocument {
  // Some editors on Windows write a byte order mark, which JSON.parse does not accept.
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (cause) {
    throw new HalyardError(
      'flagd',
      'INVALID_DEFINITIONS',
      `the definitions are not valid JSON: ${placeOfJsonError(json)} (${messageOf(cause)}). Correct the document there.`,
      { cause },
    );
  }
  return requireDocument(document);
}

/** Checks the document's outline; @throws HalyardError INVALID_DEFINITIONS when it has no flags. */
export function requireDocument(document: unknown): FlagdDocument {
  if (!isJsonObject(document)) throw malformed(`a document of type ${typeName(document)}`);
  const { flags } = document;
  if (typeof flags !== 'object' || flags === null) {
    throw malformed(`\`flags\` of type ${typeName(flags)}`);
  }
  return document as unknown as FlagdDocument;
}

function malformed(found: string): HalyardError {
  return new HalyardError(
    'flagd',
    'INVALID_DEFINITIONS',
    `expected a JSON object with \`flags\`, an object of flags by key or an array of flags with a \`key\`, but found ${found}.`,
  );
}

/** What the array form can get wrong. */
export interface FlagListReport {
  /** A flag that has no key. */
  orphan(index: number): void;
  /** A key that an earlier flag has, too. */
  duplicate(key: string): void;
}

/** A document's flags by key, whatever its form. Of several flags with one key the last is used. */
export function flagsByKey(
  { flags }: FlagdDocument,
  report: FlagListReport,
): Readonly<Record<string, unknown>> {
  if (!isFlagList(flags)) return flags;
  const byKey = new Map<string, unknown>();
  flags.forEach((flag: unknown, index) => {
    if (!isJsonObject(flag) || typeof flag.key !== 'string') {
      report.orphan(index);
      return;
    }
    if (byKey.has(flag.key)) report.duplicate(flag.key);
    byKey.set(flag.key, flag);
  });
  return Object.fromEntries(byKey);
}

function isFlagList(flags: FlagdDocument['flags']): flags is readonly FlagdArrayFlag[] {
  return Array.isArray(flags);
}

/** A value's JSON type, for messages. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Metadata over other metadata; what is not a string, number or boolean is left out. */
export function mergeMetadata(base: FlagMetadata, own: unknown): FlagMetadata {
  if (!isJsonObject(own)) return base;
  const facts = Object.entries(own).filter((fact): fact is [string, MetadataValue] =>
    isMetadataValue(fact[1]),
  );
  return facts.length === 0 ? base : Object.freeze({ ...base, ...Object.fromEntries(facts) });
}

type MetadataValue = FlagMetadata[string];

/** Whether a value may be a fact of a flag's or flag set's metadata. */
export function isMetadataValue(value: unknown): value is MetadataValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
