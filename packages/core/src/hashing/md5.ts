import { hexWords } from './hex.ts';
import { compressMd5 } from './md5-rounds.ts';
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
  for (let i = 0; i < 4; i++) into[i] = swapBytes(STATE[i] as number);
  return into;
}

const BLOCK = new Int32Array(16);
const STATE = new Int32Array(4);

const HASH: BlockHash = {
  block: BLOCK,
  reset: resetMd5,
  compress: () => compressMd5(STATE, BLOCK, 0),
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
