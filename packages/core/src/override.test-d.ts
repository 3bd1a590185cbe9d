import type { FlagOverrides, FlagOverridesOf } from './index.ts';

// Checked by `tsc -p tsconfig.tests.json`; nothing here runs.

interface Shop {
  'new-checkout': boolean;
  'button-color': 'red' | 'blue';
}

type Overrides = FlagOverridesOf<Shop>;

// By value, by the name of a variant, or not at all.
({}) satisfies Overrides;
({ 'new-checkout': true, 'button-color': 'red' }) satisfies Overrides;
({ 'new-checkout': { variant: 'on' } }) satisfies Overrides;

// @ts-expect-error there is no such flag
({ 'new-chekout': true }) satisfies Overrides;
// @ts-expect-error the flag has no such value
({ 'button-color': 'green' }) satisfies Overrides;
// @ts-expect-error the flag is a boolean
({ 'new-checkout': 'on' }) satisfies Overrides;

// While no flags are declared, any flag may come out as any value.
({ 'new-checkout': 'on', limits: { items: 3 } }) satisfies FlagOverrides;
