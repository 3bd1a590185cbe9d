import { hexWords } from './hex.ts';
import { absorb, type BlockHash, swapBytes } from './message-blocks.ts';
import { compressSha1 } from './sha1-rounds.ts';

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
  for (let i = 0; i < 5; i++) into[i] = STATE[i] as number;
  return into;
}

const BLOCK = new Int32Array(16);
const STATE = new Int32Array(5);

const HASH: BlockHash = {
  block: BLOCK,
  reset: resetSha1,
  compress() {
    // Blocks have the first byte of a word lowest, SHA-1 has it highest.
    for (let i = 0; i < 16; i++) BLOCK[i] = swapBytes(BLOCK[i] as number);
    compressSha1(STATE, BLOCK, 0);
  },
  setLength(high, low) {
    BLOCK[14] = swapBytes(high);
    BLOCK[15] = swapBytes(low);
  },
};

/** Begins a digest. Returns the state, which the next one overwrites. */
export function resetSha1(): Int32Array {
  STATE[0] = 0x67452301;
  STATE[1] = 0xefcdab89;
  STATE[2] = 0x98badcfe;
  STATE[3] = 0x10325476;
  STATE[4] = 0xc3d2e1f0;
  return STATE;
}
