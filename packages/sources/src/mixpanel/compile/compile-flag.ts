import { compareCodePoints, isJsonObject, messageOf, type Resolution } from '@halyard/core';
import { FlagSalts, placesBelow } from '../dialect/bucket.ts';
import type { MixpanelFlag, MixpanelRollout, MixpanelVariant } from '../wire.ts';
import type { Condition } from './condition.ts';
import type { Conditions } from './conditions.ts';
import { Flag } from './flag.ts';
import { malformedOutcome, NOT_TAKEN, type Outcomes } from './outcomes.ts';
import { Rollout } from './rollout.ts';
import { malformationOf } from './soundness.ts';
import { Split } from './split.ts';

/** What flags are compiled with. */
export interface FlagPlace {
  readonly conditions: Conditions;
  /** Tells why the flag cannot be evaluated. */
  report(path: string, message: string): void;
  /** Tells what cannot be meant, but can be evaluated. */
  warn(path: string, message: string): void;
}

/** Compiles a flag. One that is malformed is reported, and resolves to an error whoever asks. */
export function compileFlag(flag: MixpanelFlag, outcomes: Outcomes, place: FlagPlace): Flag {
  const malformed = (path: string, message: string): Flag => {
    place.report(path, message);
    return new Flag({
      field: '',
      outcomes,
      testers: undefined,
      rollouts: [],
      error: malformedOutcome(flag.key, `${path}: ${message}`),
    });
  };
  try {
    const malformation = malformationOf(flag);
    if (malformation !== undefined) return malformed(malformation.path, malformation.message);
    return new SoundFlag(flag, outcomes, place).compile();
  } catch (thrown) {
    // Definitions given in code may hold what throws when it is read, or is nested too deep.
    return malformed('ruleset', `it cannot be read (${messageOf(thrown)})`);
  }
}

/** A flag whose outline was checked, on its way to being compiled. */
class SoundFlag {
  private readonly flag: MixpanelFlag;
  private readonly outcomes: Outcomes;
  private readonly place: FlagPlace;
  private readonly salts: FlagSalts;
  /** In the definition's order. */
  private readonly variants: readonly MixpanelVariant[];
  /** Their places in the definition, in the order of their keys. */
  private readonly sorted: readonly number[];

  constructor(flag: MixpanelFlag, outcomes: Outcomes, place: FlagPlace) {
    const variants = flag.ruleset?.variants ?? [];
    this.flag = flag;
    this.outcomes = outcomes;
    this.place = place;
    this.salts = new FlagSalts(flag.key, flag.hash_salt ?? undefined);
    this.variants = variants;
    this.sorted = [...variants.keys()].sort((a, b) =>
      compareCodePoints(variants[a]?.key ?? '', variants[b]?.key ?? ''),
    );
  }

  compile(): Flag {
    const { flag, outcomes } = this;
    return new Flag({
      field: flag.context,
      outcomes,
      testers: this.testers(),
      rollouts: (flag.ruleset?.rollout ?? []).map((rollout, i) => this.rollout(rollout, i)),
      error: undefined,
    });
  }

  private testers(): ReadonlyMap<string, Resolution> | undefined {
    const path = 'ruleset.test.users';
    const users: unknown = this.flag.ruleset?.test?.users ?? {};
    if (!isJsonObject(users)) this.place.warn(path, 'expected variants by distinct ids');
    const testers = new Map<string, Resolution>();
    for (const [distinctId, key] of Object.entries(users as object)) {
      // Whoever is to get nothing in particular is none, even where a variant has no name.
      if (key === '') continue;
      const index = this.indexOf(key, `${path}["${distinctId}"]`);
      if (index >= 0) testers.set(distinctId, this.outcomes.testersVariant(index));
    }
    return testers.size === 0 ? undefined : testers;
  }

  private rollout(rollout: MixpanelRollout, index: number): Rollout {
    const path = `ruleset.rollout[${index}]`;
    const percentage = this.share(rollout.rollout_percentage, `${path}.rollout_percentage`);
    return new Rollout({
      index,
      percentage,
      places: placesBelow(percentage),
      salt: this.salts.rollout(index),
      condition: this.condition(rollout, path),
      onTaken: this.onTaken(rollout, path),
    });
  }

  private condition(rollout: MixpanelRollout, path: string): Condition | undefined {
    const condition = this.place.conditions.of(rollout);
    for (const problem of condition?.problems ?? []) {
      const message = `${problem}; where it is evaluated, the rule fails`;
      this.place.warn(`${path}.${condition?.field}`, message);
    }
    return condition;
  }

  /** What everybody gets whom a rollout takes. */
  private onTaken({ variant_override, variant_splits }: MixpanelRollout, path: string) {
    if (this.variants.length === 0) return NOT_TAKEN;
    if (variant_override) {
      const index = this.indexOf(variant_override.key, `${path}.variant_override.key`);
      if (index >= 0) return this.outcomes.variant(index);
    }
    const splits: unknown = variant_splits ?? {};
    const shares = this.sorted.map((index) => {
      const { key, split } = this.variants[index] as MixpanelVariant;
      const isOverridden = isJsonObject(splits) && Object.hasOwn(splits, key);
      return {
        key,
        split: isOverridden
          ? this.share(splits[key], `${path}.variant_splits["${key}"]`)
          : this.share(split, `ruleset.variants[${index}].split`),
        outcome: () => this.outcomes.variant(index),
      };
    });
    const split = new Split(shares, this.salts.variants);
    return split.constant ?? split;
  }

  /** The place of a variant by its key, ignoring case; -1 when there is none. */
  private indexOf(key: unknown, path: string): number {
    const wanted = typeof key === 'string' ? key.toLowerCase() : undefined;
    const index = this.variants.findIndex((variant) => variant.key.toLowerCase() === wanted);
    if (index < 0) this.place.warn(path, `${JSON.stringify(key)} is no variant of the flag`);
    return index;
  }

  private share(written: unknown, path: string): number {
    if (written === undefined || written === null) return 0;
    if (typeof written === 'number') return written;
    this.place.warn(path, 'expected a number from 0 to 1');
    return Number(written) || 0;
  }
}
