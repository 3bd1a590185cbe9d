import { createHash } from 'node:crypto';
import { type EvaluationContext, type FlagSource, type Resolution, sha1 } from '@halyard/core';
import type { Outcome } from './ledger.ts';

/** What makes two exposures the same one. */
export interface ExposureIdentity {
  /** The backend's name. Not the source's id: that may hold a path, which differs between hosts. */
  readonly source: string;
  /** Who it is counted for. */
  readonly subject: string | undefined;
  readonly flagKey: string;
  readonly outcome: Outcome;
  /** The index of the de-duplication window. */
  readonly window: number;
}

/** 128 bits of SHA-1: as unlikely to collide as a UUID, and as long. */
const ID_LENGTH = 32;

/** The same exposure has the same id in every process, on each side and at each retry. */
export function exposureId(identity: ExposureIdentity): string {
  const { source, flagKey, outcome, window } = identity;
  // As JSON, because joined by any character two different identities might give one text.
  const subject = identity.subject === undefined ? null : brief(identity.subject);
  const text = JSON.stringify([source, subject, flagKey, outcome ?? null, window]);
  return sha1(text).slice(0, ID_LENGTH);
}

/** Texts longer than this are remembered by their digest: they may come from outside. */
const LONGEST_TEXT = 200;

/** What the ledger remembers in place of a text. */
export function brief(text: string): string {
  // Node's own SHA-1: slower to call than ours, but ten times as fast on a long text.
  return text.length > LONGEST_TEXT ? createHash('sha1').update(text).digest('hex') : text;
}

/**
 * The context's targeting key as a text; undefined for a context without one, and all of those count as
 * one subject: there is nothing to tell them apart by.
 */
export function targetingKeyOf(context: EvaluationContext): string | undefined {
  try {
    const key: unknown = context.targetingKey;
    if (typeof key === 'string') return key;
    return typeof key === 'number' || typeof key === 'bigint' ? String(key) : undefined;
  } catch {
    // A getter that throws: the flag has been read all the same, so it counts, for nobody.
    return undefined;
  }
}

/** Who something is counted for: by the targeting key, unless the source says otherwise. Never throws. */
export function subjectOf(
  context: EvaluationContext,
  targetingKey: string | undefined,
  told: FlagSource['subject'],
): string | undefined {
  if (told === undefined) return targetingKey;
  try {
    const subject: unknown = told(context);
    return typeof subject === 'string' ? subject : undefined;
  } catch {
    return undefined;
  }
}

/** What the subject saw. Without a variant's name, only texts, numbers and booleans are told apart. */
export function outcomeOf({ variant, value, enabled }: Resolution): Outcome {
  const seen: unknown = variant ?? value ?? enabled;
  if (typeof seen === 'string') return brief(seen);
  // Code may give anything, and an id can be made of nothing but what JSON has.
  return typeof seen === 'number' || typeof seen === 'boolean' ? seen : undefined;
}
