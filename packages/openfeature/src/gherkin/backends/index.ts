import type { SpecBackend } from './backend.ts';
import { flagd } from './flagd.ts';
import { flagsmith } from './flagsmith.ts';
import { mixpanel } from './mixpanel.ts';
import { posthog } from './posthog.ts';

/** Every backend that the features are run over. */
export const BACKENDS: readonly SpecBackend[] = [flagd, flagsmith, mixpanel, posthog];
