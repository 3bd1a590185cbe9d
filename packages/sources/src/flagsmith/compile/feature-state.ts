import { Percentage } from '../dialect/percentage.ts';
import type { FeatureModel, VariantModel } from './model.ts';
import { CONTROL, DecidedOutcome, type Decision, type Outcome } from './outcome.ts';
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
  readonly outcomes: readonly Outcome[];
  readonly control: Outcome;
}

/** What a flag is set to somewhere. */
export interface State {
  /** Lower numbers win between segments. */
  readonly priority: number;
  /** The same for every identity; undefined when it depends on the bucket. */
  readonly constant: Outcome | undefined;
  /** For nobody in particular, and so without a split. */
  readonly anonymous: Outcome;
  outcome(visit: Visit): Outcome;
  /** The bucket of a visit, from 0 to 100; undefined where none is computed. */
  bucket(visit: Visit): number | undefined;
}

/** One state of a feature, compiled: what it can come out as is made in advance. */
export class FeatureState implements State {
  readonly priority: number;
  readonly constant: Outcome | undefined;
  private readonly feature: FeatureModel;
  private readonly base: Decision;
  private readonly split: Split | undefined;
  private forNobody: Outcome | undefined = undefined;

  constructor(feature: FeatureModel, { bucketPrefix, segmentName }: StatePlace) {
    this.feature = feature;
    this.priority = feature.priority;
    this.base = {
      value: feature.value,
      variant: null,
      reason: segmentName === undefined ? 'DEFAULT' : `TARGETING_MATCH; segment=${segmentName}`,
      openFeatureReason: segmentName === undefined ? 'DEFAULT' : 'TARGETING_MATCH',
    };
    const isSplit = feature.variants.length > 0;
    this.split = isSplit ? splitOf(feature, bucketPrefix, this.base) : undefined;
    this.constant =
      this.split === undefined ? new DecidedOutcome(feature, this.base) : constantOf(this.split);
  }

  get anonymous(): Outcome {
    this.forNobody ??= new DecidedOutcome(
      this.feature,
      this.base.reason === 'DEFAULT' ? { ...this.base, openFeatureReason: 'STATIC' } : this.base,
    );
    return this.forNobody;
  }

  outcome({ bucketKey }: Visit): Outcome {
    if (bucketKey === undefined) return this.anonymous;
    const { constant, split } = this;
    if (constant !== undefined || split === undefined) return constant ?? this.anonymous;
    return choose(split, split.percentage.of(bucketKey));
  }

  bucket({ bucketKey }: Visit): number | undefined {
    return bucketKey === undefined ? undefined : this.split?.percentage.of(bucketKey);
  }
}

function choose({ ends, outcomes, control }: Split, percentage: number): Outcome {
  let start = 0;
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i] as number;
    if (start <= percentage && percentage < end) return outcomes[i] as Outcome;
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
  const outcomes = variants.map(
    ({ value, key, weight }) =>
      new DecidedOutcome(feature, {
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
    control: new DecidedOutcome(feature, { ...base, variant: CONTROL }),
  };
}

function byPriority({ priority: a }: VariantModel, { priority: b }: VariantModel): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a split gives whatever the bucket: the first option with everything, or none with anything. */
function constantOf({ ends, outcomes, control }: Split): Outcome | undefined {
  const first = ends.findIndex((end) => end !== 0);
  if (first < 0) return control;
  return (ends[first] as number) >= 100 ? outcomes[first] : undefined;
}
