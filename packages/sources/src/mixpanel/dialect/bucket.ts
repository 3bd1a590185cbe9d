import { RunningFnv1a64 } from '@halyard/core';

/** Scratch space: every hash begins from the subject's, in one synchronous run. */
const HASH = new RunningFnv1a64();

/** Who is hashed: the value of one field of the context, as a text. */
export class Subject {
  readonly text: string;
  /** Of the text alone; undefined until somebody asks where the subject stands. */
  private hash: RunningFnv1a64 | undefined = undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Where the subject stands among a hundred, from 0 to 99: 64-bit FNV-1a of its text and the salt. */
  placeBy(salt: string): number {
    // The salt's first half of a pair may belong to the text's last.
    if (isLowSurrogate(salt.charCodeAt(0))) {
      return new RunningFnv1a64().add(this.text + salt).modulo100;
    }
    this.hash ??= new RunningFnv1a64().add(this.text);
    return HASH.goOnFrom(this.hash).add(salt).modulo100;
  }
}

/** What subjects are hashed with for one flag: its key, its salt, and what the hash is for. */
export class FlagSalts {
  private readonly prefix: string;
  private readonly isLegacy: boolean;
  private readonly ofFirst: string;
  readonly variants: string;

  /** `hashSalt`: undefined for flags that have none, which is not the same as an empty one. */
  constructor(key: string, hashSalt: string | undefined) {
    this.prefix = key + (hashSalt ?? '');
    this.isLegacy = hashSalt === undefined;
    this.ofFirst = this.prefix + (this.isLegacy ? 'rollout' : '0');
    this.variants = `${this.prefix}variant`;
  }

  /** The salt of a rollout by its place among all. Without a salt of its own, a flag has one for all. */
  rollout(index: number): string {
    return this.isLegacy || index === 0 ? this.ofFirst : this.prefix + index;
  }
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}

/** How many of the places from 0 to 99 are below a share, each as the hundredth that it is. */
export function placesBelow(share: number): number {
  let places = 0;
  while (places < 100 && places / 100 < share) places++;
  return places;
}
