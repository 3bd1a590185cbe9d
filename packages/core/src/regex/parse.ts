import type { ParsedPattern } from './ast.ts';
import type { RegexDialect } from './dialect.ts';
import { MAX_INSTRUCTIONS, MAX_PATTERN_LENGTH } from './limits.ts';
import { parseJavaScript } from './parse-javascript.ts';
import { parsePython } from './parse-python.ts';
import { PatternError } from './pattern-reader.ts';
import { sizeOf } from './program.ts';

/** How to compile a pattern. */
export interface RegexOptions {
  readonly dialect: RegexDialect;
  /** Default: false. */
  readonly ignoreCase?: boolean;
}

/**
 * Parses a pattern of either dialect.
 *
 * @throws PatternError when it is none, or too big.
 */
export function parsePattern(pattern: string, options: RegexOptions): ParsedPattern {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new PatternError(`the pattern is longer than ${MAX_PATTERN_LENGTH} characters`);
  }
  const parse = options.dialect === 'python' ? parsePython : parseJavaScript;
  const parsed = parse(pattern, options.ignoreCase ?? false);
  if (sizeOf(parsed.root) > MAX_INSTRUCTIONS) {
    throw new PatternError(`the pattern comes to more than ${MAX_INSTRUCTIONS} instructions`);
  }
  return parsed;
}
