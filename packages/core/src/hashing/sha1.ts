import { hexWords } from './hex.ts';
import { absorb, type BlockHash, swapBytes } from './message-blocks.ts';

/** SHA-1 (RFC 3174) of bytes or of a string's UTF-8 bytes, as 40 lower-case hexadecimal digits. */
export function sha1(input: string | Uint8Array): string {
  return hexWords(sha1Words(input));
}

/**
 * SHA-1 as five unsigned 32-bit words, the digest's leading bytes first. So its leading 60 bits are
 * the number `words[0] × 2^28 + (words[1] >>> 4)`. Writes them into `into` and returns it: pass an
 * array of five to save the allocation where digests are many.
 */
export function sha1Words(
  input: string | Uint8Array,
  into: Uint32Array = new Uint32Array(5),
): Uint32Array {
  absorb(HASH, input);
  for (let i = 0; i < 5; i++) into[i] = at(STATE, i);
  return into;
}

/** The message schedule. Its first 16 words are the block, from which `compress` makes the rest. */
const SCHEDULE = new Int32Array(80);
const STATE = new Int32Array(5);

const HASH: BlockHash = {
  block: SCHEDULE,
  reset() {
    STATE[0] = 0x67452301;
    STATE[1] = 0xefcdab89;
    STATE[2] = 0x98badcfe;
    STATE[3] = 0x10325476;
    STATE[4] = 0xc3d2e1f0;
  },
  compress,
  setLength(high, low) {
    // `expand` swaps the bytes of every word, these two included.
    SCHEDULE[14] = swapBytes(high);
    SCHEDULE[15] = swapBytes(low);
  },
};

/**
 * The schedule of RFC 3174, section 6.1 (b). The three newest words stay in variables: waiting for
 * the array to give back what was just written takes longer.
 */
function expand(w: Int32Array): void {
  for (let i = 0; i < 16; i++) w[i] = swapBytes(at(w, i));
  let third = at(w, 13);
  let second = at(w, 14);
  let newest = at(w, 15);
  for (let i = 16; i < 80; i++) {
    const mixed = third ^ at(w, i - 8) ^ at(w, i - 14) ^ at(w, i - 16);
    third = second;
    second = newest;
    newest = (mixed << 1) | (mixed >>> 31);
    w[i] = newest;
  }
}

/** The four rounds of RFC 3174, section 6.1 (d), with its names. */
function compress(): void {
  const w = SCHEDULE;
  expand(w);
  let a = at(STATE, 0);
  let b = at(STATE, 1);
  let c = at(STATE, 2);
  let d = at(STATE, 3);
  let e = at(STATE, 4);
  for (let i = 0; i < 20; i++) {
    const next = (rotate(a, 5) + (d ^ (b & (c ^ d))) + e + 0x5a827999 + at(w, i)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (let i = 20; i < 40; i++) {
    const next = (rotate(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + at(w, i)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (let i = 40; i < 60; i++) {
    const next = (rotate(a, 5) + ((b & c) | (d & (b | c))) + e + 0x8f1bbcdc + at(w, i)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (let i = 60; i < 80; i++) {
    const next = (rotate(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + at(w, i)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  STATE[0] = at(STATE, 0) + a;
  STATE[1] = at(STATE, 1) + b;
  STATE[2] = at(STATE, 2) + c;
  STATE[3] = at(STATE, 3) + d;
  STATE[4] = at(STATE, 4) + e;
}

function at(words: Int32Array, index: number): number {
  return words[index] as number;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
