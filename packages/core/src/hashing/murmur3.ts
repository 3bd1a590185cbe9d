import { unitAt } from './text-unit.ts';
import { utf8Bytes } from './utf8.ts';

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/**
 * MurmurHash3 x86_32 of bytes, or of a string's UTF-8 bytes, as an unsigned 32-bit integer. Only the
 * low 32 bits of `seed` count.
 */
export function murmur3x86_32(input: string | Uint8Array, seed = 0): number {
  if (typeof input !== 'string') return hashBytes(input, seed);
  return hashAscii(input, seed) ?? hashBytes(utf8Bytes(input), seed);
}

/** ASCII units are their own UTF-8 bytes, so nothing is encoded; undefined for any other text. */
function hashAscii(text: string, seed: number): number | undefined {
  const length = text.length;
  const tail = length & ~3;
  let hash = seed | 0;
  // Collects the bits of all units: one test at the end instead of one per unit.
  let seen = 0;
  for (let i = 0; i < tail; i += 4) {
    const a = unitAt(text, i);
    const b = unitAt(text, i + 1);
    const c = unitAt(text, i + 2);
    const d = unitAt(text, i + 3);
    seen |= a | b | c | d;
    hash = mixBlock(hash, a | (b << 8) | (c << 16) | (d << 24));
  }
  if (tail < length) {
    let rest = 0;
    for (let i = length - 1; i >= tail; i--) {
      const unit = unitAt(text, i);
      seen |= unit;
      rest = (rest << 8) | unit;
    }
    hash ^= scramble(rest);
  }
  return seen < 0x80 ? finish(hash, length) : undefined;
}

function hashBytes(bytes: Uint8Array, seed: number): number {
  const length = bytes.length;
  const tail = length - (length & 3);
  let hash = seed | 0;
  for (let i = 0; i < tail; i += 4) {
    hash = mixBlock(hash, wordAt(bytes, i));
  }
  if (tail < length) hash ^= scramble(wordAt(bytes, tail));
  return finish(hash, length);
}

/** Four bytes, the lowest first; those beyond the end are zero. */
function wordAt(bytes: Uint8Array, i: number): number {
  return (
    (bytes[i] ?? 0) |
    ((bytes[i + 1] ?? 0) << 8) |
    ((bytes[i + 2] ?? 0) << 16) |
    ((bytes[i + 3] ?? 0) << 24)
  );
}

function scramble(word: number): number {
  const k = Math.imul(word, C1);
  return Math.imul((k << 15) | (k >>> 17), C2);
}

function mixBlock(hash: number, word: number): number {
  const h = hash ^ scramble(word);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
