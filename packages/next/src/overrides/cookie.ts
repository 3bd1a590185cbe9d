import { type FlagValue, isJsonObject, messageOf } from '@halyard/core';
import type { ValueSigner } from '../visitor/signed-value.ts';

/** What somebody has chosen, by flag. */
export type Choices = ReadonlyMap<string, FlagValue>;

/** What a cookie has to be to count, or is to be. */
export interface CookieTerms {
  readonly signer: ValueSigner;
  readonly environment: string;
}

/** What was chosen, or why the cookie counts for nothing. */
export type OpenedCookie =
  | { readonly choices: Choices; readonly problem?: undefined }
  | { readonly choices?: undefined; readonly problem: string };

/** Browsers keep cookies of at most 4,096 bytes, with their names and attributes. */
const MAX_LENGTH = 3800;

/** More than anybody chooses by hand; each of them is looked up in every request. */
const MAX_FLAGS = 50;

/** Keeps these signatures apart from any others that are made with the same secret. */
export const COOKIE_PURPOSE = 'overrides';

/** The cookie's value, or why these choices do not fit in one. `expiresAt`: in Unix seconds. */
export function encodeChoices(
  choices: Choices,
  expiresAt: number,
  { signer, environment }: CookieTerms,
): { readonly value: string } | { readonly problem: string } {
  if (choices.size > MAX_FLAGS) {
    return { problem: `${choices.size} flags are overridden; a cookie holds at most ${MAX_FLAGS}` };
  }
  let value: string;
  try {
    value = signer.sign([environment, [...choices]], expiresAt);
  } catch (thrown) {
    return { problem: `the overrides cannot be written as JSON: ${messageOf(thrown)}` };
  }
  if (value.length <= MAX_LENGTH) return { value };
  return {
    problem: `the overrides take ${value.length} characters; a cookie holds at most ${MAX_LENGTH}`,
  };
}

/** Reads what {@link encodeChoices} made. `now`: in Unix seconds. Never throws. */
export function decodeChoices(
  text: string,
  now: number,
  { signer, environment }: CookieTerms,
): OpenedCookie {
  if (text.length > MAX_LENGTH) return { problem: `it has more than ${MAX_LENGTH} characters` };
  const content = signer.open(text, now);
  if (!Array.isArray(content)) {
    return { problem: 'it has expired, or was not signed with the secret of this application' };
  }
  const [made, entries] = content as readonly unknown[];
  if (made !== environment) {
    return { problem: `it was made for "${String(made)}", and this is "${environment}"` };
  }
  const isSound = Array.isArray(entries) && entries.length <= MAX_FLAGS && entries.every(isEntry);
  return isSound ? { choices: new Map(entries) } : { problem: 'it holds no overrides' };
}

function isEntry(entry: unknown): entry is readonly [string, FlagValue] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string';
}

/** The choices in an object that others wrote, such as a request's body. Undefined for anything else. */
export function choicesIn(overrides: unknown): Choices | undefined {
  if (!isJsonObject(overrides)) return undefined;
  return new Map(Object.entries(overrides) as [string, FlagValue][]);
}
