import type { FlagsBootstrap } from '@halyard/core';
import type { NextRequest } from 'next/server.js';
import { expectTypeOf } from 'vitest';
import type { Flags, VariantTransport } from '../index.ts';

declare const flags: Flags;
declare const request: NextRequest;
declare const transport: VariantTransport;

const secret = 'a secret of thirty-two characters';
const page = flags.precompute(
  { sale: false, color: 'gray', limit: 5, layout: { columns: 1 } },
  { secret },
);

// A literal default does not narrow the flag to itself.
const { values, isStale } = await page.read('code');
expectTypeOf(isStale).toEqualTypeOf<boolean>();
expectTypeOf(values.sale).toEqualTypeOf<boolean>();
expectTypeOf(values.color).toEqualTypeOf<string>();
expectTypeOf(values.limit).toEqualTypeOf<number>();
expectTypeOf(values.layout).toEqualTypeOf<{ columns: number }>();

const [combination] = await page.combinations();
expectTypeOf(combination?.values).toEqualTypeOf<typeof values | undefined>();
expectTypeOf(page.hydrate('code')).resolves.toEqualTypeOf<FlagsBootstrap>();
expectTypeOf(page.generateStaticParams()).resolves.toExtend<Record<string, string>[]>();
expectTypeOf(page.pathOf(request)).toEqualTypeOf<string>();

// @ts-expect-error the page was not made for this flag
values.size;
// @ts-expect-error what is read is not written
values.sale = true;
// @ts-expect-error a secret is required
flags.precompute({ sale: false }, {});
// @ts-expect-error options are required
flags.precompute({ sale: false });
// @ts-expect-error there are two ways out
flags.precompute({ sale: false }, { secret, onMismatch: 'guess' });
// @ts-expect-error the flags come with their defaults
flags.precompute(['sale'], { secret });

flags.precompute(
  { sale: false },
  { secret, onMismatch: 'not-found', maxCombinations: 8, transport },
);
