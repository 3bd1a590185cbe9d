import { hex32 } from './hex.ts';
import { unitAt } from './text-unit.ts';
import { utf8Bytes } from './utf8.ts';

/** A 64-bit FNV-1a hash, which is also the state from which hashing goes on. Unsigned halves. */
export interface Fnv1a64 {
  readonly high: number;
  readonly low: number;
}

/** The hash of nothing (0xcbf29ce484222325). */
const OFFSET_BASIS: Fnv1a64 = Object.freeze({ high: 0xcbf29ce4, low: 0x84222325 });

/** The 64-bit FNV prime is 2^40 + 0x1b3. */
const PRIME_LOW = 0x1b3;

/**
 * FNV-1a, 64 bits, of bytes or of a string's UTF-8 bytes. `from` continues an earlier hash:
 * `fnv1a64(b, fnv1a64(a))` equals `fnv1a64(a + b)`, unless the border splits a surrogate pair.
 */
export function fnv1a64(input: string | Uint8Array, from: Fnv1a64 = OFFSET_BASIS): Fnv1a64 {
  if (typeof input !== 'string') return hashBytes(input, from);
  return hashAscii(input, from) ?? hashBytes(utf8Bytes(input), from);
}

/** A hash as 16 lower-case hexadecimal digits. */
export function fnv1a64Hex(hash: Fnv1a64): string {
  return hex32(hash.high) + hex32(hash.low);
}

// Both loops multiply by the prime in int32 halves: `low` is split once more, into 16 bits, so that
// no product leaves 32 bits; the prime's 2^40 shifts `low` by 8 into `high`.

/** ASCII units are their own UTF-8 bytes, so nothing is encoded; undefined for any other text. */
function hashAscii(text: string, from: Fnv1a64): Fnv1a64 | undefined {
  let high = from.high | 0;
  let low = from.low | 0;
  const length = text.length;
  let seen = 0;
  for (let i = 0; i < length; i++) {
    const unit = unitAt(text, i);
    seen |= unit;
    low ^= unit;
    const p0 = Math.imul(low & 0xffff, PRIME_LOW);
    const p1 = Math.imul(low >>> 16, PRIME_LOW) + (p0 >>> 16);
    high = (Math.imul(high, PRIME_LOW) + (p1 >>> 16) + (low << 8)) | 0;
    low = (p1 << 16) | (p0 & 0xffff);
  }
  return seen < 0x80 ? { high: high >>> 0, low: low >>> 0 } : undefined;
}

function hashBytes(bytes: Uint8Array, from: Fnv1a64): Fnv1a64 {
  let high = from.high | 0;
  let low = from.low | 0;
  for (const byte of bytes) {
    low ^= byte;
    const p0 = Math.imul(low & 0xffff, PRIME_LOW);
    const p1 = Math.imul(low >>> 16, PRIME_LOW) + (p0 >>> 16);
    high = (Math.imul(high, PRIME_LOW) + (p1 >>> 16) + (low << 8)) | 0;
    low = (p1 << 16) | (p0 & 0xffff);
  }
  return { high: high >>> 0, low: low >>> 0 };
}
