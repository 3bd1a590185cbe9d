import {
  type FlagMetadata,
  isSameJson,
  type JsonValue,
  type Resolution,
  type ResolutionReason,
} from '@halyard/core';
import { NO, type Verdict, YES } from '../dialect/verdict.ts';
import type { PosthogFlag } from '../wire.ts';
import { decidedMetadata } from './metadata.ts';
import { payloadFor } from './payload.ts';
import { unresolved } from './unresolved.ts';

/** What a flag comes out as. */
export interface Outcome {
  /** False, true or a variant; undefined when it cannot be told. */
  readonly value: boolean | string | undefined;
  /** A yes for every value but false. */
  readonly verdict: Verdict;
  readonly resolution: Resolution;
}

/** How a value came about. */
interface Cause {
  readonly reason: ResolutionReason;
  /** PostHog's code for it. */
  readonly code: string | undefined;
}

const DISABLED: Cause = { reason: 'DISABLED', code: 'flag_disabled' };
const OFF: Cause = { reason: 'DEFAULT', code: undefined };
const MATCHED: Cause = { reason: 'TARGETING_MATCH', code: undefined };
const SPLIT: Cause = { reason: 'SPLIT', code: undefined };
const HELD_OUT: Cause = { reason: 'SPLIT', code: 'holdout_condition_value' };

/** An outcome with what it is found by. */
interface KnownOutcome extends Outcome {
  /** Undefined where it could not be told. */
  readonly cause: Cause | undefined;
}

const NONE_KNOWN: readonly KnownOutcome[] = [];

/** Everything that one flag can come out as, each made once. Who is answered the same gets the same object. */
export class Outcomes {
  private readonly flag: PosthogFlag;
  private readonly hasMinimalEvents: boolean;
  /** A handful, in a list without room for more: there are thousands of flags. */
  private known: readonly KnownOutcome[] = NONE_KNOWN;
  private none: Outcome | undefined = undefined;
  /** The same for all outcomes that PostHog has no code for. */
  private metadata: FlagMetadata | undefined = undefined;

  constructor(flag: PosthogFlag, hasMinimalEvents: boolean) {
    this.flag = flag;
    this.hasMinimalEvents = hasMinimalEvents;
  }

  /** Whether these are the outcomes of such a flag, too. */
  areOf(flag: PosthogFlag, hasMinimalEvents: boolean): boolean {
    return this.hasMinimalEvents === hasMinimalEvents && isSameJson(this.flag, flag);
  }

  /** Nobody gets anything while the flag is not active. */
  get disabled(): Outcome {
    return this.decided(false, DISABLED);
  }

  /** No condition matched. */
  get off(): Outcome {
    this.none ??= this.decided(false, OFF);
    return this.none;
  }

  /** On, as true or as a variant. `isSplit`: it took a percentage to find out. */
  on(value: true | string, isSplit: boolean): Outcome {
    return this.decided(value, isSplit ? SPLIT : MATCHED);
  }

  /** Held out of the flag. */
  heldOut(value: string): Outcome {
    return this.decided(value, HELD_OUT);
  }

  /** It cannot be told here. */
  open(verdict: Verdict): Outcome {
    const known = this.known.find((one) => one.verdict === verdict);
    if (known !== undefined) return known;
    const resolution = unresolved(this.flag, verdict);
    return this.keep({ value: undefined, verdict, resolution, cause: undefined });
  }

  private decided(value: boolean | string, cause: Cause): Outcome {
    const known = this.known.find((one) => one.value === value && one.cause === cause);
    if (known !== undefined) return known;
    const verdict = value === false ? NO : YES;
    return this.keep({ value, verdict, resolution: this.resolutionOf(value, cause), cause });
  }

  private keep(outcome: KnownOutcome): Outcome {
    this.known = [...this.known, outcome];
    return outcome;
  }

  private resolutionOf(value: boolean | string, { reason, code }: Cause): Resolution {
    const payload = payloadFor(this.flag, value);
    const flagMetadata = this.metadataFor(code);
    const enabled = value !== false;
    const resolution: Resolution =
      typeof value === 'string'
        ? { value, variant: value, enabled, reason, flagMetadata }
        : { value, enabled, reason, flagMetadata };
    if (payload === undefined) return Object.freeze(resolution);
    return Object.freeze({ ...resolution, payload: frozen(payload) });
  }

  private metadataFor(code: string | undefined): FlagMetadata {
    const { flag, hasMinimalEvents } = this;
    if (code !== undefined) return decidedMetadata(flag, { hasMinimalEvents, reasonCode: code });
    this.metadata ??= decidedMetadata(flag, { hasMinimalEvents });
    return this.metadata;
  }
}

/** Every visitor gets the same object, so nobody may change what the others see. */
function frozen(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
