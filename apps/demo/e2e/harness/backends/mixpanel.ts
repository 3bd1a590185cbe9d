import { serveMixpanelFile } from '@halyard/testing';
import type { FlagBackend } from './backend.ts';
import { startEmulation } from './emulated.ts';

/** As much of flag definitions as is changed here. */
interface Definitions {
  readonly flags: readonly {
    readonly key: string;
    readonly ruleset: { readonly variants: readonly { readonly key: string; value: unknown }[] };
  }[];
}

/** Mixpanel's emulator, which serves flag definitions. */
export async function startMixpanel(): Promise<FlagBackend> {
  const { emulator, ...control } = await startEmulation({
    file: 'mixpanel.json',
    serve: serveMixpanelFile,
    route: 'definitions',
    cutOff: '{ "flags": [{ "id": "1", "key": "product-la',
    setDiscount({ flags }: Definitions, percent) {
      const discount = flags.find(({ key }) => key === 'discount-percent');
      const opening = discount?.ruleset.variants.find(({ key }) => key === 'opening-week');
      if (opening !== undefined) opening.value = percent;
    },
  });
  return {
    environment: {
      MIXPANEL_TOKEN: emulator.token,
      MIXPANEL_API_HOST: emulator.apiHost,
      // Nothing tells of a change.
      FLAGS_REFRESH_INTERVAL: '500',
    },
    openingDiscount: { source: 'mixpanel', variant: 'opening-week', value: 5 },
    ruleWords: /rollout_percentage|semver_compare|variant_splits|hash_salt|runtime_evaluation/,
    ...control,
  };
}
