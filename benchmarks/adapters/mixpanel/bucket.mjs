/** FNV-1a of 64 bits in int32 halves; the prime is 2^40 + 0x1b3. */
const BASIS_HIGH = 0xcbf29ce4 | 0;
const BASIS_LOW = 0x84222325 | 0;
const PRIME_LOW = 0x1b3;

// The hash of the id that came last: what is hashed behind it goes on from here.
let hashedId;
let idHigh = 0;
let idLow = 0;

/** What is hashed behind the id, as bytes. */
export function saltOf(text) {
  return new Uint8Array(Buffer.from(text));
}

/** Where somebody falls, from 0 to 99. */
export function pointOf(id, salt) {
  if (id !== hashedId) hashId(id);
  let high = idHigh;
  let low = idLow;
  for (let i = 0; i < salt.length; i++) {
    low ^= salt[i];
    // What the product of the lower halves carries, from two products of 16 bits.
    const carry = ((low >>> 16) * PRIME_LOW + (((low & 0xffff) * PRIME_LOW) >>> 16)) >>> 16;
    high = (Math.imul(high, PRIME_LOW) + carry + (low << 8)) | 0;
    low = Math.imul(low, PRIME_LOW);
  }
  // 2^32 modulo 100 is 96.
  return (((high >>> 0) % 100) * 96 + ((low >>> 0) % 100)) % 100;
}

/** How many of the points 0 to 99, as hundredths, are below a share. */
export function pointsBelow(share) {
  let points = 0;
  while (points < 100 && points / 100 < share) points++;
  return points;
}

function hashId(id) {
  let high = BASIS_HIGH;
  let low = BASIS_LOW;
  const bytes = isAscii(id) ? undefined : Buffer.from(id);
  const length = bytes === undefined ? id.length : bytes.length;
  for (let i = 0; i < length; i++) {
    low ^= bytes === undefined ? id.charCodeAt(i) : bytes[i];
    const carry = ((low >>> 16) * PRIME_LOW + (((low & 0xffff) * PRIME_LOW) >>> 16)) >>> 16;
    high = (Math.imul(high, PRIME_LOW) + carry + (low << 8)) | 0;
    low = Math.imul(low, PRIME_LOW);
  }
  hashedId = id;
  idHigh = high;
  idLow = low;
}

function isAscii(text) {
  let seen = 0;
  for (let i = 0; i < text.length; i++) seen |= text.charCodeAt(i);
  return seen < 0x80;
}
