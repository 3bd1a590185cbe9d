import { createHash } from 'node:crypto';
import { sha1Leading60Bits } from './sha1.mjs';

/** One SHA-1 block holds 55 bytes, an end mark and the length. */
const LONGEST = 55;
/** What is hashed behind the id for variants, with its end mark. */
const SALT = { text: 'variant', length: 7, words: [0x76617269, 0x616e7480] };

// Scratch, overwritten by every call: nothing here outlives one.
const BLOCK = new Int32Array(16);
const ID = new Int32Array(16);
const SALTED_ID = new Int32Array(16);
let packedId;
let saltedId;
let idLength = 0;

/** What is hashed in front of the distinct id: the flag's key and a dot, packed once. */
export function prefixOf(flagKey) {
  const text = `${flagKey}.`;
  const words = new Int32Array(16);
  for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << shiftOf(i);
  return { text, words, length: text.length };
}

/** Where somebody falls by a flag's percentages, from 0 to 1. */
export function placeOf(prefix, id) {
  if (id !== packedId) pack(id);
  const length = prefix.length + idLength;
  if (length > LONGEST) return hashAnything(prefix.text + id);
  return placeIn(prefix, ID, length);
}

/** Where somebody falls among a flag's variants, from 0 to 1. */
export function variantPlaceOf(prefix, id) {
  if (id !== saltedId) packSalted(id);
  const length = prefix.length + idLength + SALT.length;
  if (length > LONGEST) return hashAnything(prefix.text + id + SALT.text);
  return placeIn(prefix, SALTED_ID, length);
}

/** Puts what has been packed behind a prefix; both are in `length`, which is in bytes. */
function placeIn(prefix, packed, length) {
  const { words } = prefix;
  const first = prefix.length >> 2;
  const shift = (prefix.length & 3) * 8;
  const last = length >> 2;
  for (let i = 0; i < first; i++) BLOCK[i] = words[i];
  if (shift === 0) {
    for (let i = first; i <= last; i++) BLOCK[i] = packed[i - first];
  } else {
    let carry = words[first];
    for (let i = first; i <= last; i++) {
      const word = packed[i - first];
      BLOCK[i] = carry | (word >>> shift);
      carry = word << (32 - shift);
    }
  }
  for (let i = last + 1; i < 14; i++) BLOCK[i] = 0;
  BLOCK[15] = length << 3;
  return sha1Leading60Bits(BLOCK) / 2 ** 60;
}

/** The id as words with its end mark; ids that do not fit a block count as too long. */
function pack(id) {
  packedId = id;
  saltedId = undefined;
  // With room for the salt as well: nothing is packed without it.
  idLength = id.length + SALT.length > LONGEST ? LONGEST + 1 : id.length;
  if (idLength > LONGEST) return;
  let seen = 0;
  let word = 0;
  let i = 0;
  for (; i + 4 <= idLength; i += 4) {
    const a = id.charCodeAt(i);
    const b = id.charCodeAt(i + 1);
    const c = id.charCodeAt(i + 2);
    const d = id.charCodeAt(i + 3);
    seen |= a | b | c | d;
    ID[word++] = (a << 24) | (b << 16) | (c << 8) | d;
  }
  let rest = 0x80 << shiftOf(idLength);
  for (; i < idLength; i++) {
    const unit = id.charCodeAt(i);
    seen |= unit;
    rest |= unit << shiftOf(i);
  }
  ID[word++] = rest;
  // The salt reaches two words beyond the id, and a prefix moves it one further.
  ID[word++] = 0;
  ID[word++] = 0;
  ID[word] = 0;
  if (seen >= 0x80) idLength = LONGEST + 1;
}

/** The id, the salt of variants, and the end mark. */
function packSalted(id) {
  if (id !== packedId) pack(id);
  saltedId = id;
  if (idLength > LONGEST) return;
  const first = idLength >> 2;
  const shift = (idLength & 3) * 8;
  for (let i = 0; i < first; i++) SALTED_ID[i] = ID[i];
  const [high, low] = SALT.words;
  if (shift === 0) {
    SALTED_ID[first] = high;
    SALTED_ID[first + 1] = low;
    SALTED_ID[first + 2] = 0;
  } else {
    SALTED_ID[first] = (ID[first] & (-1 << (32 - shift))) | (high >>> shift);
    SALTED_ID[first + 1] = (high << (32 - shift)) | (low >>> shift);
    SALTED_ID[first + 2] = low << (32 - shift);
  }
  SALTED_ID[first + 3] = 0;
}

/** The first byte of a word is its highest. */
function shiftOf(index) {
  return 24 - (index & 3) * 8;
}

/** Long texts, and texts beyond ASCII. */
function hashAnything(text) {
  const digest = createHash('sha1').update(text).digest('hex');
  return Number.parseInt(digest.slice(0, 15), 16) / 2 ** 60;
}
