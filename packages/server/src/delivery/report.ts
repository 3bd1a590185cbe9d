/** The part of a receiver's words that a message quotes. */
const QUOTED = 200;

/**
 * Reads a sink's report of a batch of `size` items: the places of those refused, and why, without
 * what `redact` removes. Sinks may be anybody's code, so what makes no sense is left out. Never throws.
 */
export function readReport(
  report: unknown,
  size: number,
  redact: (text: string) => string = (text) => text,
): ReadonlyMap<number, string> {
  const refusals = new Map<number, string>();
  try {
    const { rejected } = Object(report) as { readonly rejected?: unknown };
    // No more entries than items: a list may be without end.
    for (const entry of Array.isArray(rejected) ? rejected.slice(0, size) : []) {
      const { index, message } = Object(entry) as Record<string, unknown>;
      if (isPlace(index, size)) refusals.set(index, wordsOf(message, redact));
    }
  } catch {
    // A report that cannot be read says nothing more; the sink has taken the batch all the same.
  }
  return refusals;
}

function isPlace(index: unknown, size: number): index is number {
  return Number.isInteger(index) && (index as number) >= 0 && (index as number) < size;
}

function wordsOf(message: unknown, redact: (text: string) => string): string {
  // Before anything is cut off: half a credential is not recognised.
  const words = typeof message === 'string' ? redact(message).trim().replace(/\s+/g, ' ') : '';
  return words === '' ? 'no reason was given.' : words.slice(0, QUOTED);
}
