/** The two digits of every byte: `toString(16)` and padding take four times as long. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** An unsigned 32-bit integer as eight lower-case hexadecimal digits. */
export function hex32(word: number): string {
  return (
    pair(word >>> 24) + pair((word >>> 16) & 255) + pair((word >>> 8) & 255) + pair(word & 255)
  );
}

/** Unsigned 32-bit words as hexadecimal digits, eight each. */
export function hexWords(words: Uint32Array): string {
  let text = '';
  for (let i = 0; i < words.length; i++) text += hex32(words[i] ?? 0);
  return text;
}

function pair(byte: number): string {
  return PAIRS[byte] ?? '';
}
