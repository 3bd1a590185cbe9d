import {
  type Diagnostic,
  type EvaluationScope,
  type FlagOutcome,
  flagOutcome,
  type Resolution,
  type Ruleset,
} from '@halyard/core';

/** What somebody has chosen for flags, by key. */
export type ChosenOutcomes = ReadonlyMap<string, FlagOutcome>;

/**
 * Definitions some of whose flags come out as somebody has chosen, whoever reads them. Such resolutions
 * have the reason OVERRIDE and the metadata `halyard.override`, beside what the backend says of the flag.
 */
export class OverriddenRuleset implements Ruleset {
  readonly source: string;
  readonly version: string;
  readonly flagKeys: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  private readonly inner: Ruleset;
  private readonly chosen: ChosenOutcomes;

  constructor(inner: Ruleset, chosen: ChosenOutcomes) {
    this.inner = inner;
    this.chosen = chosen;
    this.source = inner.source;
    this.version = inner.version;
    this.flagKeys = inner.flagKeys;
    this.diagnostics = inner.diagnostics;
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const decided = this.inner.resolve(key, scope);
    const outcome = this.chosen.get(key);
    if (outcome === undefined) return decided;
    const { reason, errorCode = null } = decided;
    const instead = { ...flagOutcome(decided), reason, errorCode };
    scope.trace?.push({ kind: 'override', path: key, matched: true, detail: { instead } });
    return overridden(outcome, decided);
  }

  resolveAll(scope: EvaluationScope): readonly (Resolution | undefined)[] {
    return this.inner.resolveAll(scope).map((decided, i) => {
      const key = this.flagKeys[i] as string;
      const outcome = this.chosen.get(key);
      return outcome === undefined
        ? decided
        : overridden(outcome, decided ?? this.inner.resolve(key, scope));
    });
  }

  outcomesOf(key: string): readonly FlagOutcome[] | undefined {
    return this.inner.outcomesOf?.(key);
  }
}

function overridden(outcome: FlagOutcome, { flagMetadata }: Resolution): Resolution {
  return {
    ...outcome,
    reason: 'OVERRIDE',
    flagMetadata: { ...flagMetadata, 'halyard.override': true },
  };
}
