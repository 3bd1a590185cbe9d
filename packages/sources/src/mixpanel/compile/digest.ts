const PRIME = 0x01000193;
/** What is looked at of a text, a list and a value altogether. */
const MAX_UNITS = 16;
const MAX_ITEMS = 16;
const MAX_PARTS = 64;

/**
 * A number that is the same for JSON values that are the same, with their properties in the same order, and
 * nearly always another one for others. It looks at the beginnings of what is long, as lists of ids are.
 */
export function digestOf(value: unknown): number {
  let digest = 0;
  const open = [value];
  for (let parts = 0; parts < MAX_PARTS && open.length > 0; parts++) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null) {
      digest = mixedText(digest, String(part));
      continue;
    }
    const items: readonly unknown[] = Array.isArray(part) ? part : Object.entries(part).flat();
    digest = mixed(digest, items.length);
    open.push(...items.slice(0, MAX_ITEMS));
  }
  return digest;
}

function mixedText(digest: number, text: string): number {
  let all = mixed(digest, text.length);
  for (let i = 0; i < Math.min(text.length, MAX_UNITS); i++) all = mixed(all, text.charCodeAt(i));
  return all;
}

function mixed(digest: number, value: number): number {
  return Math.imul(digest ^ value, PRIME);
}
