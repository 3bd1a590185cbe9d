import type { JsonValue } from './json.ts';
import type { Resolution } from './resolution.ts';

/** One thing an evaluation did on the way to its verdict. */
export interface TraceStep {
  /**
   * `rule`: a condition was tried; `bucket`: a rollout was computed; `segment`: a group was tried;
   * `override`: somebody chose in place of the backend.
   */
  readonly kind: 'rule' | 'bucket' | 'segment' | 'dependency' | 'default' | 'override';
  /** Where in the flag's definition, such as `targeting.if[0]`. */
  readonly path: string;
  /** Whether it matched and so decided, or let evaluation go on. */
  readonly matched: boolean;
  /** What the step computed: a condition's result, a bucket number and its bounds. */
  readonly detail?: JsonValue;
}

/** Why a flag resolved as it did: the same evaluation, with every step written down. */
export interface Explanation {
  readonly flagKey: string;
  readonly resolution: Resolution;
  readonly steps: readonly TraceStep[];
  readonly source: string;
  readonly version: string;
}
