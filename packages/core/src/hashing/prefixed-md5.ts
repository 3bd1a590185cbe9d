import { md5Words, resetMd5 } from './md5.ts';
import { compressMd5 } from './md5-rounds.ts';
import { swapBytes } from './message-blocks.ts';
import { unitAt } from './text-unit.ts';

/** The most bytes that two blocks hold beside the end mark and the length. */
const MAX_LENGTH = 119;
const MAX_PREFIX = 80;

/**
 * MD5 of texts that begin alike, such as a flag's key before the ids of many visitors. The prefix is
 * packed once; neither a joined text nor its bytes are made for each hash. Texts that do not fit two
 * blocks or are not ASCII are hashed like any other.
 */
export class PrefixedMd5 {
  private readonly prefix: string;
  /** The prefix four bytes a word; the last one is begun only. Undefined when it cannot be packed. */
  private readonly words: readonly number[] | undefined;

  constructor(prefix: string) {
    this.prefix = prefix;
    this.words = packPrefix(prefix);
  }

  /** The digest of the prefix and `suffix`, as {@link md5Words} gives it, written into `into`. */
  digest(suffix: string, into: Uint32Array): Uint32Array {
    const { prefix, words } = this;
    const length = prefix.length + suffix.length;
    if (words === undefined || length > MAX_LENGTH) return md5Words(prefix + suffix, into);
    for (let i = 0; i < words.length; i++) MESSAGE[i] = words[i] as number;
    if (!packSuffix(suffix, prefix.length)) return md5Words(prefix + suffix, into);
    finish(length);
    return hash(length > 55 ? 2 : 1, into);
  }
}

/**
 * Scratch space for two blocks. Every digest writes all the words it then reads, in one synchronous
 * run, so no call sees another's data.
 */
const MESSAGE = new Int32Array(32);

function packPrefix(prefix: string): readonly number[] | undefined {
  if (prefix.length > MAX_PREFIX) return undefined;
  const words = new Array<number>((prefix.length >> 2) + 1).fill(0);
  for (let i = 0; i < prefix.length; i++) {
    const unit = prefix.charCodeAt(i);
    if (unit >= 0x80) return undefined;
    words[i >> 2] = (words[i >> 2] as number) | (unit << ((i & 3) << 3));
  }
  return words;
}

/** Writes the units from byte `offset` on; false when one of them is not ASCII. */
function packSuffix(suffix: string, offset: number): boolean {
  const { length } = suffix;
  let index = offset >> 2;
  let shift = (offset & 3) << 3;
  let word = MESSAGE[index] as number;
  let seen = 0;
  for (let i = 0; i < length; i++) {
    const unit = unitAt(suffix, i);
    seen |= unit;
    word |= unit << shift;
    shift += 8;
    if (shift < 32) continue;
    MESSAGE[index++] = word;
    shift = 0;
    word = 0;
  }
  MESSAGE[index] = word | (0x80 << shift);
  return seen < 0x80;
}

/** Zeros behind the end mark, then the length in bits. */
function finish(length: number): void {
  const end = length > 55 ? 32 : 16;
  for (let i = (length >> 2) + 1; i < end; i++) MESSAGE[i] = 0;
  MESSAGE[end - 2] = length << 3;
}

function hash(blocks: number, into: Uint32Array): Uint32Array {
  const state = resetMd5();
  for (let block = 0; block < blocks; block++) compressMd5(state, MESSAGE, block << 4);
  for (let i = 0; i < 4; i++) into[i] = swapBytes(state[i] as number);
  return into;
}
