import { errorResolution, type FlagMetadata, isSameJson, type Resolution } from '@halyard/core';
import type { MixpanelFlag } from '../wire.ts';
import { frozenCopy } from './frozen-copy.ts';

/** No rollout takes the visitor: the flag leaves the value to its reader. */
export const NOT_TAKEN: Resolution = Object.freeze({ reason: 'DEFAULT' });

/** Everything that one flag can come out as, each made once. Who is answered the same gets the same object. */
export class Outcomes {
  private readonly flag: MixpanelFlag;
  /** By the variant's place in the definition. */
  private readonly ofVariants: Resolution[] = [];
  private ofTesters: Resolution[] | undefined = undefined;
  private withoutField: Resolution | undefined = undefined;
  private metadata: FlagMetadata | undefined = undefined;

  constructor(flag: MixpanelFlag) {
    this.flag = flag;
  }

  /** Whether these are the outcomes of such a flag, too. */
  areOf(flag: MixpanelFlag): boolean {
    try {
      return isSameJson(this.flag, flag);
    } catch {
      // Too deep to be compared, but not to be compiled.
      return false;
    }
  }

  /** Every variant, and what whoever is not taken gets. */
  get all(): readonly Resolution[] {
    const { variants } = this.flag.ruleset ?? {};
    return [...(variants ?? []).map((_, index) => this.variant(index)), NOT_TAKEN];
  }

  /** The variant at a place in the definition. */
  variant(index: number): Resolution {
    this.metadata ??= metadataOf(this.flag, false);
    this.ofVariants[index] ??= this.selected(index, this.metadata);
    return this.ofVariants[index];
  }

  /** The same, for those who get it because they are testers. */
  testersVariant(index: number): Resolution {
    this.ofTesters ??= [];
    this.ofTesters[index] ??= this.selected(index, metadataOf(this.flag, true));
    return this.ofTesters[index];
  }

  /** The context does not say whom the flag is for. */
  get missing(): Resolution {
    const { key, context } = this.flag;
    const message = `flag "${key}" is decided by the context's "${context}", which is missing, null or empty. Give it to every visitor.`;
    this.withoutField ??= Object.freeze(errorResolution('TARGETING_KEY_MISSING', message));
    return this.withoutField;
  }

  private selected(index: number, flagMetadata: FlagMetadata): Resolution {
    const { key, value = null } = this.flag.ruleset?.variants?.[index] ?? { key: '' };
    return Object.freeze({
      value: frozenCopy(value),
      variant: key,
      reason: 'TARGETING_MATCH',
      flagMetadata,
    });
  }
}

/** A flag that cannot be evaluated, whoever asks. */
export function malformedOutcome(key: string, problem: string): Resolution {
  const message = `flag "${key}" has a malformed definition, which cannot be evaluated: ${problem}. Correct it in Mixpanel.`;
  return Object.freeze(errorResolution('PARSE_ERROR', message));
}

function metadataOf(flag: MixpanelFlag, isTester: boolean): FlagMetadata {
  const { experiment_id: id, is_experiment_active: isActive } = flag;
  const metadata: Record<string, string | number | boolean> = {};
  if (typeof id === 'string') metadata.experiment_id = id;
  if (typeof isActive === 'boolean') metadata.is_experiment_active = isActive;
  metadata.is_qa_tester = isTester;
  return Object.freeze(metadata);
}
