const charCodeAt = String.prototype.charCodeAt;

/**
 * `text.charCodeAt(i)` for inner loops. The method is looked up once, here: looking it up on the text
 * costs a slow generic lookup per character as soon as a program has hashed texts of more than four
 * of the engine's internal kinds (joined, sliced, two-byte, …), which tripled the time of a hash.
 */
export function unitAt(text: string, i: number): number {
  return charCodeAt.call(text, i);
}
