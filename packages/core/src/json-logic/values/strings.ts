import { bounded } from './bounds.ts';

/** `cat` of what one expression gave: a list's items without its nulls, anything else as a string. */
export function concatenate(value: unknown): string {
  if (!Array.isArray(value)) {
    if (value === null || value === undefined) throw new TypeError('"cat" got null');
    return String(value);
  }
  let text = '';
  for (let i = 0; i < bounded(value).length; i++) {
    const item: unknown = value[i];
    if (item !== null && item !== undefined) text += item as string;
  }
  return text;
}

/** The language's `+` on whatever two values. */
export function plus(left: unknown, right: unknown): unknown {
  return (left as string) + (right as string);
}

/** `substr`: from a position (from the end when negative), a length (an end from the end when negative). */
export function substring(text: unknown, from: unknown, length: unknown): string {
  if (typeof text !== 'string') throw new TypeError('"substr" got something that is not a string');
  if ((length as number) < 0) {
    const rest = text.substr(from as number);
    // Plus, not addition: a numeric string joins the length's digits, which the engine then converts.
    return rest.substr(0, plus(rest.length, length) as number);
  }
  return text.substr(from as number, length as number);
}
