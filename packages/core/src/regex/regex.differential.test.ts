import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaint, onEveryPath } from './fixtures/paths.ts';
import {
  asciiSubjects,
  commonPatterns,
  javascriptPatterns,
  subjects,
} from './fixtures/patterns.ts';

const CASES = process.env.HALYARD_SOAK === '1' ? 100_000 : 3_000;
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_126);
const PARAMETERS = { seed: SEED, numRuns: CASES };

/** What `new RegExp` makes of a pattern: answers for the three ways of asking, or its refusal. */
function nativeAnswers(
  pattern: string,
  flags: string,
): ((subject: string) => boolean[]) | undefined {
  try {
    // Alone first: brackets around a pattern could complete it.
    const regexps = [pattern, `^(?:${pattern})`, `^(?:${pattern})$`].map(
      (source) => new RegExp(source, flags),
    );
    const [anywhere, atStart, whole] = regexps;
    return (subject) => [atStart, anywhere, whole].map((regexp) => regexp?.test(subject) ?? false);
  } catch {
    return undefined;
  }
}

describe('every path', () => {
  it('answers as the native engine does, in the javascript dialect', () => {
    const property = fc.property(
      javascriptPatterns,
      fc.array(subjects, { minLength: 3, maxLength: 3 }),
      fc.boolean(),
      (pattern, texts, ignoreCase) => {
        const options = { dialect: 'javascript', ignoreCase } as const;
        const native = nativeAnswers(pattern, ignoreCase ? 'i' : '');
        expect(complaint(pattern, options) === undefined).toBe(native !== undefined);
        if (native === undefined) return;
        const paths = onEveryPath(pattern, options);
        for (const text of texts) {
          const expected = native(text);
          expect(paths(text)).toEqual({ chosen: expected, machine: expected, native: expected });
        }
      },
    );
    fc.assert(property, PARAMETERS);
  });

  it('answers as the native engine does where the dialects have the same syntax', () => {
    const property = fc.property(
      commonPatterns,
      fc.array(asciiSubjects, { minLength: 3, maxLength: 3 }),
      fc.boolean(),
      (pattern, texts, ignoreCase) => {
        const native = nativeAnswers(pattern, ignoreCase ? 'i' : '');
        const paths = onEveryPath(pattern, { dialect: 'python', ignoreCase });
        for (const text of texts) {
          const expected = native?.(text);
          expect(paths(text)).toEqual({ chosen: expected, machine: expected, native: expected });
        }
      },
    );
    fc.assert(property, PARAMETERS);
  });
});
