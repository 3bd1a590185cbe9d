import { hexWords } from './hex.ts';
import { absorb, type BlockHash, swapBytes } from './message-blocks.ts';

/** MD5 (RFC 1321) of bytes or of a string's UTF-8 bytes, as 32 lower-case hexadecimal digits. */
export function md5(input: string | Uint8Array): string {
  return hexWords(md5Words(input));
}

/**
 * MD5 as four unsigned 32-bit words, the digest's leading bytes first: the digest is the number
 * `words[0] × 2^96 + words[1] × 2^64 + words[2] × 2^32 + words[3]`. Writes them into `into` and
 * returns it: pass an array to save the allocation where digests are many.
 */
export function md5Words(
  input: string | Uint8Array,
  into: Uint32Array = new Uint32Array(4),
): Uint32Array {
  absorb(HASH, input);
  for (let i = 0; i < 4; i++) into[i] = swapBytes(at(STATE, i));
  return into;
}

/** The sine table of RFC 1321, section 3.4: `floor(2^32 × |sin(i + 1)|)`. */
const SINES = Int32Array.from([
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
  0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
  0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
  0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
  0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
  0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
  0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
  0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
]);

const BLOCK = new Int32Array(16);
const STATE = new Int32Array(4);

const HASH: BlockHash = {
  block: BLOCK,
  reset: resetMd5,
  compress: () => compressMd5(BLOCK, 0),
  setLength(high, low) {
    BLOCK[14] = low;
    BLOCK[15] = high;
  },
};

/** Begins a digest. Returns the state, which the next one overwrites. */
export function resetMd5(): Int32Array {
  STATE[0] = 0x67452301;
  STATE[1] = 0xefcdab89;
  STATE[2] = 0x98badcfe;
  STATE[3] = 0x10325476;
  return STATE;
}

/**
 * Works the 16 words of `message` from `start` on into the state: the four rounds of RFC 1321, section
 * 3.4, with its names; four steps at a time, so that no word changes its name.
 */
export function compressMd5(message: Int32Array, start: number): void {
  const x = message;
  const t = SINES;
  let a = at(STATE, 0);
  let b = at(STATE, 1);
  let c = at(STATE, 2);
  let d = at(STATE, 3);
  for (let i = 0; i < 16; i += 4) {
    a = (b + rotate(a + (d ^ (b & (c ^ d))) + at(x, start + i) + at(t, i), 7)) | 0;
    d = (a + rotate(d + (c ^ (a & (b ^ c))) + at(x, start + i + 1) + at(t, i + 1), 12)) | 0;
    c = (d + rotate(c + (b ^ (d & (a ^ b))) + at(x, start + i + 2) + at(t, i + 2), 17)) | 0;
    b = (c + rotate(b + (a ^ (c & (d ^ a))) + at(x, start + i + 3) + at(t, i + 3), 22)) | 0;
  }
  for (let i = 16; i < 32; i += 4) {
    a = (b + rotate(a + (c ^ (d & (b ^ c))) + at(x, start + ((5 * i + 1) & 15)) + at(t, i), 5)) | 0;
    d =
      (a + rotate(d + (b ^ (c & (a ^ b))) + at(x, start + ((5 * i + 6) & 15)) + at(t, i + 1), 9)) |
      0;
    c =
      (d +
        rotate(c + (a ^ (b & (d ^ a))) + at(x, start + ((5 * i + 11) & 15)) + at(t, i + 2), 14)) |
      0;
    b =
      (c +
        rotate(b + (d ^ (a & (c ^ d))) + at(x, start + ((5 * i + 16) & 15)) + at(t, i + 3), 20)) |
      0;
  }
  for (let i = 32; i < 48; i += 4) {
    a = (b + rotate(a + (b ^ c ^ d) + at(x, start + ((3 * i + 5) & 15)) + at(t, i), 4)) | 0;
    d = (a + rotate(d + (a ^ b ^ c) + at(x, start + ((3 * i + 8) & 15)) + at(t, i + 1), 11)) | 0;
    c = (d + rotate(c + (d ^ a ^ b) + at(x, start + ((3 * i + 11) & 15)) + at(t, i + 2), 16)) | 0;
    b = (c + rotate(b + (c ^ d ^ a) + at(x, start + ((3 * i + 14) & 15)) + at(t, i + 3), 23)) | 0;
  }
  for (let i = 48; i < 64; i += 4) {
    a = (b + rotate(a + (c ^ (b | ~d)) + at(x, start + ((7 * i) & 15)) + at(t, i), 6)) | 0;
    d = (a + rotate(d + (b ^ (a | ~c)) + at(x, start + ((7 * i + 7) & 15)) + at(t, i + 1), 10)) | 0;
    c =
      (d + rotate(c + (a ^ (d | ~b)) + at(x, start + ((7 * i + 14) & 15)) + at(t, i + 2), 15)) | 0;
    b =
      (c + rotate(b + (d ^ (c | ~a)) + at(x, start + ((7 * i + 21) & 15)) + at(t, i + 3), 21)) | 0;
  }
  STATE[0] = at(STATE, 0) + a;
  STATE[1] = at(STATE, 1) + b;
  STATE[2] = at(STATE, 2) + c;
  STATE[3] = at(STATE, 3) + d;
}

function at(words: Int32Array, index: number): number {
  return words[index] as number;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
