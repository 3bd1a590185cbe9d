import { createHash } from 'node:crypto';

/**
 * A digest of the definitions' text, page by page. Every process that loads the same text gets the
 * same one. 64 bits of SHA-1 are plenty to tell an application's definitions apart.
 */
export function digestOf(pages: readonly string[]): string {
  const hash = createHash('sha1');
  for (const page of pages) {
    // The length keeps a text apart from the same text cut into other pages.
    hash.update(`${page.length}:`).update(page);
  }
  return hash.digest('hex').slice(0, 16);
}
