import type { Operation } from './test.ts';
import { foldAscii, textOf } from './texts.ts';
import { FAILED, NO, YES } from './verdict.ts';

/** How a text is looked for in another. */
export type Search = (text: string, part: string) => boolean;

export const contains: Search = (text, part) => text.includes(part);
export const startsWith: Search = (text, part) => text.startsWith(part);
export const endsWith: Search = (text, part) => text.endsWith(part);

/** A search that ignores the case of A to Z, and of no other letters. */
export function substring(target: unknown, search: Search): Operation {
  const part = textOf(target);
  if (part === undefined) return { test: () => FAILED, isUsable: true };
  const folded = foldAscii(part);
  return {
    test: (value) => {
      const text = textOf(value);
      if (text === undefined) return FAILED;
      return search(foldAscii(text), folded) ? YES : NO;
    },
    isUsable: true,
  };
}
