import type { Resolution } from '@halyard/core';
import { Percentage } from '../dialect/percentage.ts';
import type { FlagsmithFlagResult } from '../wire/evaluation-context.ts';
import type { FeatureModel, VariantModel } from './model.ts';
import { CONTROL, type Decision, resolutionOf, resultOf } from './outcome.ts';
import type { Visit } from './visit.ts';

/** Where a feature state applies. */
export interface StatePlace {
  /** What all identities' bucketing keys begin with. */
  readonly bucketPrefix: string;
  /** The segment that overrides the feature; undefined for the environment's own state. */
  readonly segmentName: string | undefined;
}

/** The options of a multivariate feature, ready to be chosen from. */
interface Split {
  readonly percentage: Percentage;
  /** The upper ends of the options' shares; a share reaches from the end before it. */
  readonly ends: readonly number[];
  readonly outcomes: readonly Resolution[];
  readonly control: Resolution;
}

/** What a flag is set to somewhere. */
export interface State {
  /** Lower numbers win between segments. */
  readonly priority: number;
  /** The same for every identity; undefined when it depends on the bucket. */
  readonly constant: Resolution | undefined;
  /** For nobody in particular, and so without a split. */
  readonly anonymous: Resolution;
  /** Everything that it gives anybody; nothing of a state that cannot be understood. */
  readonly outcomes: readonly Resolution[];
  /** What a visit gets. */
  outcome(visit: Visit): Resolution;
  /** An outcome in the engine's own words. */
  result(outcome: Resolution): FlagsmithFlagResult;
  /** The bucket of a visit, from 0 to 100; undefined where none is computed. */
  bucket(visit: Visit): number | undefined;
}

/** One state of a feature, compiled: what it can come out as is made in advance. */
export class FeatureState implements State {
  readonly constant: Resolution | undefined;
  readonly priority: number;
  private readonly split: Split | undefined;
  private readonly feature: FeatureModel;
  private readonly segmentName: string | undefined;
  private forNobody: Resolution | undefined = undefined;

  constructor(feature: FeatureModel, { bucketPrefix, segmentName }: StatePlace) {
    const base = unsplit(feature, segmentName);
    this.feature = feature;
    this.segmentName = segmentName;
    this.priority = feature.priority;
    this.split = feature.variants.length > 0 ? splitOf(feature, bucketPrefix, base) : undefined;
    this.constant = this.split === undefined ? resolutionOf(feature, base) : constantOf(this.split);
  }

  get anonymous(): Resolution {
    const base = unsplit(this.feature, this.segmentName);
    const isOwn = this.segmentName === undefined;
    this.forNobody ??= resolutionOf(
      this.feature,
      isOwn ? { ...base, openFeatureReason: 'STATIC' } : base,
    );
    return this.forNobody;
  }

  get outcomes(): readonly Resolution[] {
    const { split, segmentName } = this;
    if (split === undefined) return [this.anonymous];
    const ofIdentities = [split.control, ...split.outcomes];
    // Nobody in particular is in no segment.
    return segmentName === undefined ? [...ofIdentities, this.anonymous] : ofIdentities;
  }

  outcome({ bucketKey }: Visit): Resolution {
    if (bucketKey === undefined) return this.anonymous;
    const { constant, split } = this;
    if (constant !== undefined || split === undefined) return constant ?? this.anonymous;
    return choose(split, split.percentage.of(bucketKey));
  }

  result(outcome: Resolution): FlagsmithFlagResult {
    return resultOf(this.feature, outcome);
  }

  bucket({ bucketKey }: Visit): number | undefined {
    return bucketKey === undefined ? undefined : this.split?.percentage.of(bucketKey);
  }
}

/** What a state gives where no option is chosen. */
function unsplit({ value }: FeatureModel, segmentName: string | undefined): Decision {
  return segmentName === undefined
    ? { value, variant: null, reason: 'DEFAULT', openFeatureReason: 'DEFAULT' }
    : {
        value,
        variant: null,
        reason: `TARGETING_MATCH; segment=${segmentName}`,
        openFeatureReason: 'TARGETING_MATCH',
      };
}

function choose({ ends, outcomes, control }: Split, percentage: number): Resolution {
  let start = 0;
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i] as number;
    if (start <= percentage && percentage < end) return outcomes[i] as Resolution;
    start = end;
  }
  return control;
}

function splitOf(feature: FeatureModel, bucketPrefix: string, base: Decision): Split {
  const variants = feature.variants.toSorted(byPriority);
  let end = 0;
  const ends = variants.map(({ weight }) => {
    end += weight;
    return end;
  });
  const outcomes = variants.map(({ value, key, weight }) =>
    resolutionOf(feature, {
      value,
      variant: key,
      reason: `SPLIT; weight=${weight}`,
      openFeatureReason: 'SPLIT',
    }),
  );
  const percentage = new Percentage(`${feature.key},${bucketPrefix}`);
  return {
    percentage,
    ends,
    outcomes,
    control: resolutionOf(feature, { ...base, variant: CONTROL }),
  };
}

function byPriority({ priority: a }: VariantModel, { priority: b }: VariantModel): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a split gives whatever the bucket: the first option with everything, or none with anything. */
function constantOf({ ends, outcomes, control }: Split): Resolution | undefined {
  const first = ends.findIndex((end) => end !== 0);
  if (first < 0) return control;
  return (ends[first] as number) >= 100 ? outcomes[first] : undefined;
}
