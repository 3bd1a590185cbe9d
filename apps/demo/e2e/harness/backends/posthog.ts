import { servePosthogFile } from '@halyard/testing';
import type { FlagBackend } from './backend.ts';
import { startEmulation } from './emulated.ts';

/** As much of flag definitions as is changed here. */
interface Definitions {
  readonly flags: readonly {
    readonly key: string;
    readonly filters: {
      readonly groups: readonly { variant: string | null }[];
      readonly multivariate: { readonly variants: readonly { key: string }[] } | null;
    };
  }[];
}

/** PostHog's emulator, which serves flag definitions. */
export async function startPosthog(): Promise<FlagBackend> {
  const { emulator, ...control } = await startEmulation({
    file: 'posthog.json',
    serve: servePosthogFile,
    route: 'definitions',
    cutOff: '{ "flags": [{ "id": 1, "key": "product-la',
    setDiscount: setOpeningDiscount,
  });
  return {
    environment: {
      POSTHOG_PROJECT_KEY: emulator.projectKey,
      POSTHOG_SECRET_KEY: emulator.secretKey,
      POSTHOG_HOST: emulator.host,
      // Nothing tells of a change.
      FLAGS_REFRESH_INTERVAL: '500',
    },
    openingDiscount: { source: 'posthog', variant: '5', value: '5' },
    ruleWords: /rollout_percentage|semver_gte|multivariate|has_experiment|is_not/,
    ...control,
  };
}

/** Renames the variant for everybody, which is the first one and what the last condition gives. */
function setOpeningDiscount({ flags }: Definitions, percent: number): void {
  const filters = flags.find(({ key }) => key === 'discount-percent')?.filters;
  const variant = filters?.multivariate?.variants[0];
  const condition = filters?.groups.at(-1);
  if (variant === undefined || condition === undefined) return;
  variant.key = String(percent);
  condition.variant = variant.key;
}
