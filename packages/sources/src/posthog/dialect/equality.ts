import { isRepresentable, serviceText } from './service-json.ts';
import type { Operation, ValueTest } from './test.ts';
import { isWellFormed } from './texts.ts';
import { MISSING, NO, UNSUPPORTED, type Verdict, YES } from './verdict.ts';

/** The version of matching by which `true` and `false` are texts like any other. */
const EXPLICIT_VERSION = 2;

/**
 * `exact`: equality of the texts that PostHog's servers make of both sides, ignoring case; with a list,
 * of any of its items. Values that say true or false are compared by what they say (§4.1 of PostHog's
 * matching), unless the definitions are of version 2.
 */
export function equality(target: unknown, matchingVersion: unknown): Operation {
  const isUsable = (Array.isArray(target) ? target : [target]).every(
    (item) => serviceText(item) !== undefined,
  );
  const unusable = isUsable ? MISSING : UNSUPPORTED;
  return { test: testOf(target, matchingVersion, unusable), isUsable };
}

/** `unusable`: what is said of values that have no text. */
function testOf(target: unknown, matchingVersion: unknown, unusable: Verdict): ValueTest {
  const isExplicit = matchingVersion === EXPLICIT_VERSION;
  const isBoolean = saysTrueOrFalse(target);
  const isEmptyList = Array.isArray(target) && target.length === 0;
  if (isEmptyList || (isBoolean && !isExplicit)) {
    const wanted = saysTrue(target);
    return (value) => {
      if (!isRepresentable(value)) return unusable;
      return saysTrue(value) === wanted ? YES : NO;
    };
  }
  const byText = Array.isArray(target) ? anyOf(target, unusable) : sameText(target, unusable);
  if (!isBoolean) return byText;
  // However a number is written, it says neither true nor false.
  return (value, clock) => {
    if (typeof value !== 'number') return byText(value, clock);
    return Number.isFinite(value) ? NO : unusable;
  };
}

function sameText(target: unknown, unusable: Verdict): ValueTest {
  const text = serviceText(target);
  if (text === undefined) return () => UNSUPPORTED;
  const wanted = text.toLowerCase();
  return (value) => {
    if (value === text) return YES;
    const given = typeof value === 'string' ? value : serviceText(value);
    if (given === undefined) return unusable;
    if (given.toLowerCase() === wanted) return YES;
    // What equals a well-formed text is so itself; only of others it has to be found out.
    return isWellFormed(given) ? NO : unusable;
  };
}

function anyOf(items: readonly unknown[], unusable: Verdict): ValueTest {
  const wanted = new Set<string>();
  let otherwise = NO;
  for (const item of items) {
    const text = serviceText(item);
    if (text === undefined) {
      otherwise = UNSUPPORTED;
      // Items behind one that cannot be compared are never reached.
      break;
    }
    wanted.add(text.toLowerCase());
  }
  return (value) => {
    const given = typeof value === 'string' ? value : serviceText(value);
    if (given === undefined) return unusable;
    if (wanted.has(given.toLowerCase())) return YES;
    return isWellFormed(given) ? otherwise : unusable;
  };
}

/** Whether a value is true, false, a text that says so, or a list of such values alone. */
function saysTrueOrFalse(value: unknown): boolean {
  if (typeof value === 'string') return /^(?:true|false)$/.test(value.toLowerCase());
  return typeof value === 'boolean' || (Array.isArray(value) && everyItem(value, saysTrueOrFalse));
}

function saysTrue(value: unknown): boolean {
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  return value === true || (Array.isArray(value) && everyItem(value, saysTrue));
}

/** Not the method, which leaves out holes; they count as null. */
function everyItem(list: readonly unknown[], holds: (item: unknown) => boolean): boolean {
  for (let i = 0; i < list.length; i++) if (!holds(list[i] ?? null)) return false;
  return true;
}
