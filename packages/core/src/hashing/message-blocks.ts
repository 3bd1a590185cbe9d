import { unitAt } from './text-unit.ts';
import { utf8Bytes } from './utf8.ts';

/**
 * A hash over blocks of 64 bytes. Its `block` and its state are scratch space shared by all calls of
 * the module: every run resets the state and overwrites all 16 words before each `compress`, and
 * nothing runs in between, so no call sees another's data.
 */
export interface BlockHash {
  /** Takes the message in its first 16 words: four bytes each, the first one lowest. */
  readonly block: Int32Array;
  /** Puts the state back to the beginning. */
  reset(): void;
  /** Works `block` into the state. */
  compress(): void;
  /** Writes the message's length in bits, as two unsigned halves, into words 14 and 15. */
  setLength(high: number, low: number): void;
}

/** Runs a hash over bytes, or over a string's UTF-8 bytes, padding included. */
export function absorb(hash: BlockHash, input: string | Uint8Array): void {
  if (typeof input !== 'string') absorbBytes(hash, input);
  else if (!absorbAscii(hash, input)) absorbBytes(hash, utf8Bytes(input));
}

/** ASCII units are their own UTF-8 bytes, so nothing is encoded. False for any other text. */
function absorbAscii(hash: BlockHash, text: string): boolean {
  const { block } = hash;
  const length = text.length;
  let start = 0;
  hash.reset();
  for (; start + 64 <= length; start += 64) {
    if (packText(block, text, start, start + 64) >= 0x80) return false;
    hash.compress();
  }
  if (packText(block, text, start, length) >= 0x80) return false;
  finish(hash, length);
  return true;
}

function absorbBytes(hash: BlockHash, bytes: Uint8Array): void {
  const { block } = hash;
  const length = bytes.length;
  let start = 0;
  hash.reset();
  for (; start + 64 <= length; start += 64) {
    packBytes(block, bytes, start, start + 64);
    hash.compress();
  }
  packBytes(block, bytes, start, length);
  finish(hash, length);
}

/** The last block holds the rest, the end mark and zeros; the length needs the last 8 bytes. */
function finish(hash: BlockHash, length: number): void {
  if ((length & 63) >= 56) {
    hash.compress();
    hash.block.fill(0, 0, 16);
  }
  hash.setLength(Math.floor(length / 0x2000_0000), (length << 3) >>> 0);
  hash.compress();
}

/** Fills the block with units; returns their bits, or-ed together, which tells whether all are ASCII. */
function packText(block: Int32Array, text: string, start: number, end: number): number {
  let seen = 0;
  let word = 0;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const a = unitAt(text, i);
    const b = unitAt(text, i + 1);
    const c = unitAt(text, i + 2);
    const d = unitAt(text, i + 3);
    seen |= a | b | c | d;
    block[word++] = a | (b << 8) | (c << 16) | (d << 24);
  }
  if (word === 16) return seen;
  let rest = 0x80;
  for (let j = end - 1; j >= i; j--) {
    const unit = unitAt(text, j);
    seen |= unit;
    rest = (rest << 8) | unit;
  }
  block[word++] = rest;
  while (word < 16) block[word++] = 0;
  return seen;
}

function packBytes(block: Int32Array, bytes: Uint8Array, start: number, end: number): void {
  let word = 0;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    block[word++] =
      (bytes[i] ?? 0) |
      ((bytes[i + 1] ?? 0) << 8) |
      ((bytes[i + 2] ?? 0) << 16) |
      ((bytes[i + 3] ?? 0) << 24);
  }
  if (word === 16) return;
  let rest = 0x80;
  for (let j = end - 1; j >= i; j--) rest = (rest << 8) | (bytes[j] ?? 0);
  block[word++] = rest;
  while (word < 16) block[word++] = 0;
}

/** A word with its bytes in the opposite order. */
export function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | ((word >>> 24) & 0xff);
}
