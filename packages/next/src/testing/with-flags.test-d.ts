import { expectTypeOf } from 'vitest';
import { type FlagsKit, withFlags } from './index.ts';

// What the code returns is what comes back: at once, or as a promise.
expectTypeOf(withFlags({}, () => 7)).toEqualTypeOf<number>();
expectTypeOf(withFlags({}, async () => 'x')).toEqualTypeOf<Promise<string>>();
expectTypeOf(withFlags({ checkout: { value: 'a', variant: 'b' } })).toEqualTypeOf<FlagsKit>();
expectTypeOf<FlagsKit['exposed']>().toEqualTypeOf<readonly string[]>();

// @ts-expect-error flags have keys
withFlags(['checkout']);
// @ts-expect-error a flag's value is what JSON can carry
withFlags({ checkout: () => true });
// @ts-expect-error the browser needs to know where the application is
withFlags({}).cookie({ secret: 'a secret of more than 32 characters' });
