import { resetSha1, sha1Words } from './sha1.ts';
import { compressSha1 } from './sha1-rounds.ts';
import { unitAt } from './text-unit.ts';

/** The most bytes that two blocks hold beside the end mark and the length. */
const MAX_LENGTH = 119;
const SCALE = 2 ** -60;

/** What stands before and behind every text: four bytes a word, the first one highest, then zeros. */
interface Frame {
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/**
 * SHA-1 of texts that begin alike, and may end alike, such as a flag's key before the ids of many
 * visitors. What is alike is packed once, and so is the text in the middle when it is the same for several
 * hashes in a row. Texts that do not fit two blocks or are not ASCII are hashed like any other.
 */
export class PrefixedSha1 {
  private readonly prefix: string;
  private readonly ending: string;
  /** Undefined when one of the two cannot be packed. */
  private readonly frame: Frame | undefined;

  constructor(prefix: string, ending = '') {
    this.prefix = prefix;
    this.ending = ending;
    this.frame = packFrame(prefix, ending);
  }

  /**
   * The leading 60 bits of the digest of prefix, `text` and ending, divided by 2^60: from 0 to 1. Both
   * are included, because those bits are first rounded to a double, to the nearest and halves to even.
   */
  fraction(text: string): number {
    const { frame, prefix, ending } = this;
    if (text !== middle) packMiddle(text);
    const length = prefix.length + text.length + ending.length;
    if (frame === undefined || !isMiddleAscii || length > MAX_LENGTH)
      return this.fractionOfAny(text);
    const { before, after } = frame;
    const end = length > 55 ? 32 : 16;
    for (let i = 0; i < before.length; i++) MESSAGE[i] = before[i] as number;
    append(MIDDLE, wordCountOf(text.length), prefix.length);
    append(after, after.length, prefix.length + text.length);
    for (let i = (length >> 2) + 1; i < end; i++) MESSAGE[i] = 0;
    MESSAGE[end - 1] = length << 3;
    const state = resetSha1();
    compressSha1(state, MESSAGE, 0);
    if (end === 32) compressSha1(state, MESSAGE, 16);
    return toFraction(state[0] as number, state[1] as number);
  }

  private fractionOfAny(text: string): number {
    sha1Words(this.prefix + text + this.ending, DIGEST);
    return toFraction(DIGEST[0] as number, DIGEST[1] as number);
  }
}

/**
 * Scratch space for two blocks. Every digest writes all the words it then reads, in one synchronous
 * run, so no call sees another's data.
 */
const MESSAGE = new Int32Array(34);
const DIGEST = new Uint32Array(5);

/** The text packed last, as many hashes of one visitor follow each other, and its words. */
let middle = '';
const MIDDLE = new Int32Array(wordCountOf(MAX_LENGTH));
let isMiddleAscii = true;

function packMiddle(text: string): void {
  middle = text;
  isMiddleAscii = text.length <= MAX_LENGTH && pack(text, MIDDLE) < 0x80;
}

function packFrame(prefix: string, ending: string): Frame | undefined {
  if (prefix.length + ending.length > MAX_LENGTH) return undefined;
  const before = new Int32Array(wordCountOf(prefix.length));
  const after = new Int32Array(wordCountOf(ending.length));
  if (pack(prefix, before) >= 0x80 || pack(ending, after) >= 0x80) return undefined;
  // The end mark stands behind every message, whatever the text in its middle.
  const last = ending.length >> 2;
  after[last] = (after[last] as number) | (0x80 << (24 - ((ending.length & 3) << 3)));
  return { before, after };
}

/** One word more than is full, as the end mark or the next text begins in it. */
function wordCountOf(length: number): number {
  return (length >> 2) + 1;
}

/** Both summands are exact; only their sum is rounded. */
function toFraction(first: number, second: number): number {
  return ((first >>> 0) * 2 ** 28 + (second >>> 4)) * SCALE;
}

/** Packs a text into words. Returns its units' bits, or-ed together, which tell whether all are ASCII. */
function pack(text: string, words: Int32Array): number {
  const { length } = text;
  let seen = 0;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const a = unitAt(text, index);
    const b = unitAt(text, index + 1);
    const c = unitAt(text, index + 2);
    const d = unitAt(text, index + 3);
    seen |= a | b | c | d;
    words[index >> 2] = (a << 24) | (b << 16) | (c << 8) | d;
  }
  let rest = 0;
  for (let shift = 24; index < length; index++, shift -= 8) {
    const unit = unitAt(text, index);
    seen |= unit;
    rest |= unit << shift;
  }
  words[length >> 2] = rest;
  return seen;
}

/** Puts words behind `offset` bytes, whose last word is zero from there on; leaves zeros behind them. */
function append(words: Int32Array, count: number, offset: number): void {
  const start = offset >> 2;
  const shift = (offset & 3) << 3;
  if (shift === 0) {
    for (let i = 0; i < count; i++) MESSAGE[start + i] = words[i] as number;
    return;
  }
  let held = MESSAGE[start] as number;
  for (let i = 0; i < count; i++) {
    const word = words[i] as number;
    MESSAGE[start + i] = held | (word >>> shift);
    held = word << (32 - shift);
  }
  MESSAGE[start + count] = held;
}
