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
  const { high, low } = new RunningFnv1a64(from).add(input);
  return { high, low };
}

/** A hash as 16 lower-case hexadecimal digits. */
export function fnv1a64Hex(hash: Fnv1a64): string {
  return hex32(hash.high) + hex32(hash.low);
}

/**
 * A 64-bit FNV-1a hash that is added to in place, for many hashes that begin alike: as long as texts are
 * ASCII nothing is allocated.
 */
export class RunningFnv1a64 implements Fnv1a64 {
  // Signed, since those are integers to the engine; unsigned ones are not.
  private signedHigh: number;
  private signedLow: number;

  /** `from`: where to begin. Default: the hash of nothing. */
  constructor(from: Fnv1a64 = OFFSET_BASIS) {
    this.signedHigh = from.high | 0;
    this.signedLow = from.low | 0;
  }

  get high(): number {
    return this.signedHigh >>> 0;
  }

  get low(): number {
    return this.signedLow >>> 0;
  }

  /** The hash modulo 100: from 0 to 99. */
  get modulo100(): number {
    // 2^32 modulo 100 is 96.
    return ((this.high % 100) * 96 + (this.low % 100)) % 100;
  }

  /** Begins again, where another hash is. */
  goOnFrom(other: RunningFnv1a64): this {
    this.signedHigh = other.signedHigh;
    this.signedLow = other.signedLow;
    return this;
  }

  /** Adds bytes, or a string's UTF-8 bytes: a surrogate without its partner in it counts as U+FFFD. */
  add(input: string | Uint8Array): this {
    if (typeof input !== 'string') this.addBytes(input);
    else if (!this.addAscii(input)) this.addBytes(utf8Bytes(input));
    return this;
  }

  // Both loops multiply by the prime in int32 halves. The lower half of the product is one
  // multiplication; what it carries comes from two of 16 bits each, so that no product leaves 32 bits,
  // and nothing waits for it but the upper half, to which the prime's 2^40 adds `low` shifted by 8.

  /** ASCII units are their own UTF-8 bytes, so nothing is encoded; false, and nothing done, for others. */
  private addAscii(text: string): boolean {
    let high = this.signedHigh;
    let low = this.signedLow;
    const { length } = text;
    let seen = 0;
    for (let i = 0; i < length; i++) {
      const unit = unitAt(text, i);
      seen |= unit;
      low ^= unit;
      const carry =
        (Math.imul(low >>> 16, PRIME_LOW) + (Math.imul(low & 0xffff, PRIME_LOW) >>> 16)) >>> 16;
      high = (Math.imul(high, PRIME_LOW) + carry + (low << 8)) | 0;
      low = Math.imul(low, PRIME_LOW);
    }
    if (seen >= 0x80) return false;
    this.signedHigh = high;
    this.signedLow = low;
    return true;
  }

  private addBytes(bytes: Uint8Array): void {
    let high = this.signedHigh;
    let low = this.signedLow;
    for (const byte of bytes) {
      low ^= byte;
      const carry =
        (Math.imul(low >>> 16, PRIME_LOW) + (Math.imul(low & 0xffff, PRIME_LOW) >>> 16)) >>> 16;
      high = (Math.imul(high, PRIME_LOW) + carry + (low << 8)) | 0;
      low = Math.imul(low, PRIME_LOW);
    }
    this.signedHigh = high;
    this.signedLow = low;
  }
}
