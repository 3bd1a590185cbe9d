/**
 * Whether something holds, or why that cannot be told here. A small number, so that it costs nothing to
 * pass on: its kind, whether a pattern is to blame, and the reason.
 */
export type Verdict = number;

/** Why something cannot be told, by PostHog's own precedence: of several reasons the highest is given. */
export type Reason = number;

/** No reason at all. */
export const NO_REASON: Reason = 0;
export const MISSING_CONTEXT: Reason = 1;
export const UNRESOLVED_DEPENDENCY: Reason = 2;
export const UNSUPPORTED_DEFINITION: Reason = 3;
export const EXPERIENCE_CONTINUITY: Reason = 4;

const REASON_NAMES = [
  '',
  'missing_context',
  'unresolved_dependency',
  'unsupported_definition',
  'experience_continuity',
];

export const NO: Verdict = 0;
export const YES: Verdict = 1;

/** Of a condition: whoever matches it, it is not for them, because the percentage leaves them out. */
export const OUT_OF_ROLLOUT: Verdict = 2;

/** Kinds of verdicts that leave it open. */
const INCONCLUSIVE = 3;
const REQUIRES_SERVER = 4;
const FAILED_KIND = 5;
const KINDS = 7;

const PATTERN = 8;
const REASON_SHIFT = 4;

/** It cannot be decided, but something else may still decide the flag. */
export function inconclusive(reason: Reason, isAboutPattern = false): Verdict {
  return INCONCLUSIVE | (isAboutPattern ? PATTERN : 0) | (reason << REASON_SHIFT);
}

/** Nothing else that is tried here may decide the flag. */
export function requiresServer(reason: Reason): Verdict {
  return REQUIRES_SERVER | (reason << REASON_SHIFT);
}

/** The context lacks something, or holds what cannot be used. */
export const MISSING: Verdict = inconclusive(MISSING_CONTEXT);
/** The definition has something that cannot be evaluated here. */
export const UNSUPPORTED: Verdict = inconclusive(UNSUPPORTED_DEFINITION);
/** The pattern, or what it is asked about, may mean something else to PostHog's servers. */
export const UNPORTABLE: Verdict = inconclusive(UNSUPPORTED_DEFINITION, true);
/** The definition is malformed, so that PostHog's SDKs fail when they come upon it. */
export const FAILED: Verdict = FAILED_KIND | (UNSUPPORTED_DEFINITION << REASON_SHIFT);

/** Two inconclusive verdicts in one. */
export function bothInconclusive(a: Verdict, b: Verdict): Verdict {
  const reason = Math.max(reasonOf(a), reasonOf(b));
  return inconclusive(reason, isAboutPattern(a) || isAboutPattern(b));
}

/** Whether a verdict is of the inconclusive kind. */
export function isInconclusive(verdict: Verdict): boolean {
  return (verdict & KINDS) === INCONCLUSIVE;
}

/** Whether a verdict is of the kind that only PostHog's servers can decide. */
export function isForServer(verdict: Verdict): boolean {
  return (verdict & KINDS) === REQUIRES_SERVER;
}

/** Whether a verdict says that the definition is malformed. */
export function isFailed(verdict: Verdict): boolean {
  return (verdict & KINDS) === FAILED_KIND;
}

/** Whether a pattern is why it cannot be told. */
export function isAboutPattern(verdict: Verdict): boolean {
  return (verdict & PATTERN) !== 0;
}

/** Why it cannot be told; {@link NO_REASON} for a yes or a no. */
export function reasonOf(verdict: Verdict): Reason {
  return verdict >> REASON_SHIFT;
}

/** The other way round; what cannot be told stays so. */
export function not(verdict: Verdict): Verdict {
  return verdict <= YES ? 1 - verdict : verdict;
}

/** A verdict in words: `yes`, `no`, `out of rollout`, or why it cannot be told. */
export function verdictName(verdict: Verdict): string {
  if (verdict === NO) return 'no';
  if (verdict === YES) return 'yes';
  return verdict === OUT_OF_ROLLOUT ? 'out of rollout' : reasonName(reasonOf(verdict));
}

/** PostHog's name of a reason, such as `missing_context`. */
export function reasonName(reason: Reason): string {
  return REASON_NAMES[reason] ?? '';
}
