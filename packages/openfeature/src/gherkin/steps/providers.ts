import { expect } from 'vitest';
import { type StepDefinition, step } from '../step-table.ts';
import type { ProviderKind } from '../world.ts';

/** Steps that put a provider in place and look at its status. */
export const providerSteps: readonly StepDefinition[] = [
  [
    /^an? (stable|not ready|error|fatal|stale) provider$/,
    ({ world }, [kind = '']) => world.useProvider(kind as ProviderKind),
  ],
  [
    step('the provider status should be {}'),
    ({ world }, [status]) => expect(world.status()).toBe(status),
  ],
];
