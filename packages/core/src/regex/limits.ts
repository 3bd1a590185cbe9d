/** Longer patterns do not compile. Rules are written by people; this also bounds parsing. In UTF-16 units. */
export const MAX_PATTERN_LENGTH = 10_000;

/** Groups nested deeper do not compile: parser and compiler recurse once per level. */
export const MAX_DEPTH = 200;

/** Patterns of more instructions, counted repeats written out, do not compile. Bounds memory and work per character. */
export const MAX_INSTRUCTIONS = 20_000;

/**
 * The native engine runs a pattern only if it can take at most this many steps on the subject: a few
 * milliseconds when it must try everything.
 */
export const MAX_NATIVE_STEPS = 1_000_000;

/**
 * Patterns with more character classes are not given to the native engine with flag `u`: it spends up
 * to half a millisecond on compiling each class that reaches beyond U+FFFF.
 */
export const MAX_NATIVE_CLASSES = 50;

/** The machines answer false for longer subjects, in UTF-16 units: their memory grows with the subject. */
export const MAX_MACHINE_SUBJECT = 100_000;

/**
 * Sweeping a subject with sets of states answers false beyond this many steps, 5 to 20 nanoseconds each:
 * a tenth of a second at most. Enough for 100,000 characters times 25 instructions reached at each.
 */
export const MAX_SWEEP_STEPS = 5_000_000;

/** Backtracking (back-references, atomic parts) answers false beyond this many steps: 20 to 40 milliseconds. */
export const MAX_BACKTRACKING_STEPS = 1_000_000;
