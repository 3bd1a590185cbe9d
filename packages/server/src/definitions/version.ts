import { digestOf } from '../digest.ts';

/**
 * The version of definitions that came in pages, given each page's digest. Every process that loads
 * the same pages gets the same one. 64 bits are plenty to tell an application's definitions apart.
 */
export function versionOf(digests: readonly string[]): string {
  const [first = '', ...others] = digests;
  const digest = others.length === 0 ? first : digestOf(digests.join(':'));
  return digest.slice(0, 16);
}
