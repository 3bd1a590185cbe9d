import { createHash } from 'node:crypto';
import { md5Modulo9999 } from './md5.mjs';

/** The first point beyond the last that counts: an md5 that gives it is hashed again, doubled. */
const REHASHED = 9998;
/** One md5 block holds 55 bytes, an end mark and the length. */
const LONGEST = 55;

// Scratch, overwritten by every call: nothing here outlives one.
const BLOCK = new Int32Array(16);
const IDENTITY = new Int32Array(16);
let packed;
let packedLength = 0;

/** What is hashed in front of the identifier: an id and the environment's key, packed once. */
export function prefixOf(id, environmentKey) {
  const text = `${id},${environmentKey}_`;
  const words = new Int32Array(16);
  for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << ((i & 3) * 8);
  return { text, words, length: text.length };
}

/** Where the identity falls, 0 to 9997: the percentage is `(point / 9998) * 100`. */
export function pointOf(prefix, identifier) {
  pack(identifier);
  const length = prefix.length + packedLength;
  if (length > LONGEST) return hashAnything(prefix.text + identifier);
  const { words } = prefix;
  for (let i = 0; i < 14; i++) BLOCK[i] = words[i];
  BLOCK[14] = length << 3;
  const first = prefix.length >> 2;
  const shift = (prefix.length & 3) * 8;
  const used = (packedLength >> 2) + 1;
  if (shift === 0) {
    for (let i = 0; i < used; i++) BLOCK[first + i] |= IDENTITY[i];
  } else {
    let carry = 0;
    for (let i = 0; i < used; i++) {
      BLOCK[first + i] |= (IDENTITY[i] << shift) | carry;
      carry = IDENTITY[i] >>> (32 - shift);
    }
    BLOCK[first + used] |= carry;
  }
  const point = md5Modulo9999(BLOCK);
  return point === REHASHED ? hashAnything(prefix.text + identifier) : point;
}

/** The first point whose percentage does not fulfil a condition that all before it fulfil. */
export function pointsWhile(holds) {
  let low = 0;
  let high = REHASHED;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds((middle / 9998) * 100)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The identifier as words with its end mark; texts that do not fit a block count as too long. */
function pack(identifier) {
  if (identifier === packed) return;
  packed = identifier;
  packedLength = identifier.length;
  if (packedLength >= LONGEST) return;
  let seen = 0;
  let word = 0;
  let i = 0;
  for (; i + 4 <= packedLength; i += 4) {
    const a = identifier.charCodeAt(i);
    const b = identifier.charCodeAt(i + 1);
    const c = identifier.charCodeAt(i + 2);
    const d = identifier.charCodeAt(i + 3);
    seen |= a | b | c | d;
    IDENTITY[word++] = a | (b << 8) | (c << 16) | (d << 24);
  }
  let rest = 0x80;
  for (let j = packedLength - 1; j >= i; j--) {
    const unit = identifier.charCodeAt(j);
    seen |= unit;
    rest = (rest << 8) | unit;
  }
  IDENTITY[word] = rest;
  if (seen >= 0x80) packedLength = LONGEST + 1;
}

/** Long texts, texts beyond ASCII, and those that must be hashed more than once. */
function hashAnything(ids) {
  for (let text = ids; ; text += `,${ids}`) {
    const digest = createHash('md5').update(text).digest('hex');
    const point = Number(BigInt(`0x${digest}`) % 9999n);
    if (point !== REHASHED) return point;
  }
}
