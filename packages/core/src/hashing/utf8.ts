import { unitAt } from './text-unit.ts';

/**
 * UTF-8 as `TextEncoder` writes it, for programs without one in their types: core compiles without
 * DOM and Node. A surrogate without its partner becomes U+FFFD (EF BF BD).
 */

/** How many bytes a text takes as UTF-8: at most three per UTF-16 unit. */
export function utf8Length(text: string): number {
  const units = text.length;
  let bytes = units;
  for (let i = 0; i < units; i++) {
    const unit = unitAt(text, i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isPair(unit, text, i)) {
      // Two units, four bytes.
      bytes += 2;
      i++;
    } else bytes += 2;
  }
  return bytes;
}

/** A text's UTF-8 bytes, in a new array. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(text, bytes, 0);
  return bytes;
}

/**
 * Writes a text's UTF-8 bytes into `target` from `offset` on and returns the offset behind the last
 * one; bytes elsewhere stay as they are. Throws a RangeError when there is no room for
 * {@link utf8Length} bytes; `target` then holds a part of the text.
 */
export function writeUtf8(text: string, target: Uint8Array, offset: number): number {
  const units = text.length;
  let at = offset;
  for (let i = 0; i < units; i++) {
    const unit = unitAt(text, i);
    if (unit < 0x80) {
      target[at++] = unit;
    } else if (unit < 0x800) {
      target[at++] = 0xc0 | (unit >> 6);
      target[at++] = 0x80 | (unit & 0x3f);
    } else if (isPair(unit, text, i)) {
      i++;
      const point = 0x10000 + ((unit - 0xd800) << 10) + (unitAt(text, i) - 0xdc00);
      target[at++] = 0xf0 | (point >> 18);
      target[at++] = 0x80 | ((point >> 12) & 0x3f);
      target[at++] = 0x80 | ((point >> 6) & 0x3f);
      target[at++] = 0x80 | (point & 0x3f);
    } else {
      const point = isSurrogate(unit) ? 0xfffd : unit;
      target[at++] = 0xe0 | (point >> 12);
      target[at++] = 0x80 | ((point >> 6) & 0x3f);
      target[at++] = 0x80 | (point & 0x3f);
    }
  }
  // Writes beyond the end are ignored by the language; only the count gives them away.
  if (at > target.length) {
    throw new RangeError(`UTF-8 needs ${at} bytes but the array has ${target.length}`);
  }
  return at;
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}

/** Whether `unit`, at index `i`, is a high surrogate followed by a low one. */
function isPair(unit: number, text: string, i: number): boolean {
  // Beyond the end charCodeAt gives NaN, which `&` turns into 0.
  return (unit & 0xfc00) === 0xd800 && (unitAt(text, i + 1) & 0xfc00) === 0xdc00;
}
