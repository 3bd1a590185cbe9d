import type { Resolution } from './resolution.ts';

/**
 * A bulk result as a read-only map over two parallel arrays. Building a `Map` of 438 entries costs
 * twice what evaluating them does (specs/performance.md), so lookups by key index lazily instead.
 */
export class ResolutionMap implements ReadonlyMap<string, Resolution> {
  private readonly flagKeys: readonly string[];
  private readonly resolutions: readonly (Resolution | undefined)[];
  private index: Map<string, Resolution> | undefined;

  /** `resolutions[i]` belongs to `flagKeys[i]`; undefined entries are not part of the map. */
  constructor(flagKeys: readonly string[], resolutions: readonly (Resolution | undefined)[]) {
    this.flagKeys = flagKeys;
    this.resolutions = resolutions;
  }

  get size(): number {
    let size = 0;
    for (const resolution of this.resolutions) if (resolution !== undefined) size++;
    return size;
  }

  get(key: string): Resolution | undefined {
    this.index ??= this.buildIndex();
    return this.index.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  forEach(
    visit: (resolution: Resolution, key: string, map: ReadonlyMap<string, Resolution>) => void,
    thisArg?: unknown,
  ): void {
    for (let i = 0; i < this.flagKeys.length; i++) {
      const key = this.flagKeys[i];
      const resolution = this.resolutions[i];
      if (key !== undefined && resolution !== undefined) visit.call(thisArg, resolution, key, this);
    }
  }

  *entries(): MapIterator<[string, Resolution]> {
    for (let i = 0; i < this.flagKeys.length; i++) {
      const key = this.flagKeys[i];
      const resolution = this.resolutions[i];
      if (key !== undefined && resolution !== undefined) yield [key, resolution];
    }
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<Resolution> {
    for (const [, resolution] of this.entries()) yield resolution;
  }

  [Symbol.iterator](): MapIterator<[string, Resolution]> {
    return this.entries();
  }

  private buildIndex(): Map<string, Resolution> {
    const index = new Map<string, Resolution>();
    this.forEach((resolution, key) => {
      index.set(key, resolution);
    });
    return index;
  }
}
