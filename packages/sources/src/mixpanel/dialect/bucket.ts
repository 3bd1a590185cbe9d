import { RunningFnv1a64 } from '@halyard/core';

/** What is hashed behind a visitor, such as a flag's key. */
export class Salt {
  readonly text: string;
  /** Whether it begins with the second half of a character, whose first a visitor's text may end with. */
  readonly isTorn: boolean;

  constructor(text: string) {
    this.text = text;
    this.isTorn = (text.charCodeAt(0) & 0xfc00) === 0xdc00;
  }
}

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
  placeBy({ text, isTorn }: Salt): number {
    if (isTorn) return new RunningFnv1a64().add(this.text + text).modulo100;
    this.hash ??= new RunningFnv1a64().add(this.text);
    return HASH.goOnFrom(this.hash).add(text).modulo100;
  }
}

/** The salts of one flag. */
export class FlagSalts {
  private readonly prefix: string;
  private readonly isLegacy: boolean;
  private readonly ofFirst: Salt;
  readonly variants: Salt;

  /** `hashSalt`: undefined for flags that have none, which is not the same as an empty one. */
  constructor(key: string, hashSalt: string | undefined) {
    this.prefix = key + (hashSalt ?? '');
    this.isLegacy = hashSalt === undefined;
    this.ofFirst = new Salt(this.prefix + (this.isLegacy ? 'rollout' : '0'));
    this.variants = new Salt(`${this.prefix}variant`);
  }

  /** The salt of a rollout by its place among all. Without a salt of its own, a flag has one for all. */
  rollout(index: number): Salt {
    return this.isLegacy || index === 0 ? this.ofFirst : new Salt(this.prefix + index);
  }
}

/** How many of the places from 0 to 99 are below a share, each as the hundredth that it is. */
export function placesBelow(share: number): number {
  let places = 0;
  while (places < 100 && places / 100 < share) places++;
  return places;
}
