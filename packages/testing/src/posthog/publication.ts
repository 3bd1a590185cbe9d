import { createHash } from 'node:crypto';
import type { PosthogDefinitionsLike } from './wire.ts';

/** The definitions that are being served. */
export class Publication {
  private held: PosthogDefinitionsLike;
  private tag: string;

  constructor(definitions: PosthogDefinitionsLike) {
    // A copy, so that nothing is published by changing an object.
    this.held = structuredClone(definitions);
    this.tag = tagOf(definitions);
  }

  get definitions(): PosthogDefinitionsLike {
    return this.held;
  }

  /** Stands for the content: the same definitions published again have the same one. */
  get etag(): string {
    return this.tag;
  }

  replace(definitions: PosthogDefinitionsLike): void {
    this.held = structuredClone(definitions);
    this.tag = tagOf(definitions);
  }
}

function tagOf(definitions: PosthogDefinitionsLike): string {
  return createHash('sha256').update(JSON.stringify(definitions)).digest('hex').slice(0, 16);
}
