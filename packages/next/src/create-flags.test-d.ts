import type { EvaluationDetails, FlagsBootstrap } from '@halyard/core';
import { expectTypeOf } from 'vitest';
import { createFlags, type Flags } from './index.ts';

declare const flags: Flags;

// A literal default does not narrow the flag to itself.
expectTypeOf(flags.get('checkout', false)).resolves.toEqualTypeOf<boolean>();
expectTypeOf(flags.get('color', 'red')).resolves.toEqualTypeOf<string>();
expectTypeOf(flags.get('layout', { columns: 1 })).resolves.toEqualTypeOf<{ columns: number }>();
expectTypeOf(flags.details('limit', 5)).resolves.toEqualTypeOf<EvaluationDetails<number>>();
expectTypeOf(flags.hydrate()).resolves.toEqualTypeOf<FlagsBootstrap>();

const { source } = flags.client;

// @ts-expect-error a source is required
createFlags({});
// @ts-expect-error `client.flags` is a list or 'all'
createFlags({ source, client: { flags: 'some' } });

flags.get('checkout', false, { expose: 'on-mount' });
// @ts-expect-error there is no such moment
flags.get('checkout', false, { expose: 'on-click' });
createFlags({ source, exposures: { consent: ({ cookies }) => cookies.get('ok')?.value === '1' } });
// @ts-expect-error consent is a yes or a no
createFlags({ source, exposures: { consent: () => 'perhaps' } });
