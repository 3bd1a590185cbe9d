import { aboveOf, environmentOf, withAbove } from '../environment.ts';
import { failureOf, nameOfError, thrownValue } from '../failure.ts';
import { readOwn } from '../paths.ts';
import { computed, type Part, type Scope } from '../scope.ts';
import { interpretWhenAsked } from './when-asked.ts';

/** `try`: the first alternative that does not throw; the later ones see what was thrown as their data. */
export function attempt(args: unknown, scope: Scope, path: string): Part {
  const alternatives: readonly unknown[] = Array.isArray(args) ? args : [args];
  scope.fn.usesAbove = true;
  const parts = alternatives.map((alternative, i) =>
    interpretWhenAsked(alternative, i === 0 ? scope : { ...scope, atTop: false }, `${path}[${i}]`),
  );
  return computed((data, frame) => {
    let failure: unknown;
    for (const { run } of parts) {
      try {
        if (!failure) return run(data, frame);
        const seen = { type: typeOf(failure) };
        return withAbove(environmentOf(frame), [null, data, aboveOf(frame)], () =>
          run(seen, frame),
        );
      } catch (error) {
        const thrown = thrownValue(error);
        failure = Number.isNaN(thrown) ? { message: 'NaN' } : thrown;
      }
    }
    throw failureOf(failure);
  });
}

function typeOf(failure: unknown): unknown {
  return (
    nameOfError(failure) ||
    readOwn(failure, 'type') ||
    readOwn(failure, 'error') ||
    readOwn(failure, 'message') ||
    (Array.isArray(failure) ? 'Array' : 'Object')
  );
}
