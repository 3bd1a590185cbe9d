import type {
  MixpanelDefinitionsLike,
  MixpanelFlagLike,
  MixpanelRolloutLike,
  MixpanelSelection,
  MixpanelVariantLike,
} from './wire.ts';

/** The variants that everybody has, by the rollouts that ask nothing and leave nothing to chance. */
export function variantsOfEverybody({
  flags,
}: MixpanelDefinitionsLike): Record<string, MixpanelSelection> {
  const selected = flags.flatMap((flag) => {
    const variant = variantForEverybody(flag);
    return variant === undefined ? [] : [[flag.key, selectionOf(flag, variant)] as const];
  });
  return Object.fromEntries(selected);
}

function variantForEverybody({ ruleset }: MixpanelFlagLike): MixpanelVariantLike | undefined {
  const rollout = ruleset?.rollout?.find(isForEverybody);
  if (rollout === undefined) return undefined;
  const { variant_override: override, variant_splits: splits } = rollout;
  return ruleset?.variants?.find(({ key, split }) =>
    override ? key === override.key : (splits?.[key] ?? split ?? 0) >= 1,
  );
}

function isForEverybody(rollout: MixpanelRolloutLike): boolean {
  const { runtime_evaluation_rule: rule, runtime_evaluation_definition: definition } = rollout;
  return !rule && !definition && (rollout.rollout_percentage ?? 0) >= 1;
}

function selectionOf(
  { experiment_id, is_experiment_active }: MixpanelFlagLike,
  { key, value }: MixpanelVariantLike,
): MixpanelSelection {
  return {
    variant_key: key,
    variant_value: value,
    // What is undefined is not sent.
    ...(experiment_id !== undefined && { experiment_id }),
    ...(is_experiment_active !== undefined && { is_experiment_active }),
    is_qa_tester: false,
  };
}
