import type { FlagValue } from '@halyard/core';
import type { ReactNode } from 'react';
import {
  createFlagStore,
  Expose,
  Flag,
  type FlagQuery,
  FlagsProvider,
  useExpose,
  useFlag,
  useFlags,
  useFlagValue,
} from './index.ts';
import { FlagsRefresh, useFlagsRefresh } from './refresh/index.ts';
import { TestFlagsProvider } from './testing/index.ts';

/** Fails to compile unless both types are the same. */
function same<A, B>(
  ..._: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? [] : [never]
) {}

interface Theme {
  hue: number;
}

// While no flags are declared, any key will do, and the default gives the type, without its literal.
export function UndeclaredKeys(theme: Theme) {
  const color = useFlag('color', 'red');
  same<typeof color, FlagQuery<string>>();
  same<typeof color.value, string>();
  same<typeof color.variant, string | undefined>();
  const on = useFlagValue('on', false);
  same<typeof on, boolean>();
  const price = useFlagValue('price', 9, { expose: false });
  same<typeof price, number>();
  const themed = useFlagValue('theme', theme);
  same<typeof themed, Theme>();
  const all = useFlags();
  same<(typeof all)[string], FlagValue | undefined>();
  useExpose()('color');

  // @ts-expect-error: a default must be given
  useFlag('color');
  // @ts-expect-error: keys are strings
  useFlag(1, 'red');
  // @ts-expect-error: an unknown option
  useFlag('color', 'red', { exposed: false });
}

export const elements: ReactNode[] = [
  <FlagsProvider key="1" value={{ version: 'v1', outcomes: [] }} />,
  <FlagsProvider key="2" value={Promise.resolve({ version: 'v1', outcomes: [] })} />,
  // @ts-expect-error: values must be given
  <FlagsProvider key="3" />,
  // @ts-expect-error: not a map
  <FlagsProvider key="4" value={{ color: 'red' }} />,
  <Flag key="5" flagKey="color" match="red" fallback={<b />}>
    {({ value }) => String(value)}
  </Flag>,
  <Expose key="6" flags={['color', 'size'] as const} />,
  // @ts-expect-error: keys are strings
  <Expose key="7" flags={[1]} />,
  <FlagsRefresh key="8" interval={1000} onChange={(version) => version.length} />,
  <TestFlagsProvider
    key="9"
    flags={{ color: { value: 'red', variant: 'warm', reason: 'SPLIT' } }}
  />,
];

export function Refreshing() {
  const { refresh, isRefreshing, error, version } = useFlagsRefresh({ focus: false });
  same<ReturnType<typeof refresh>, Promise<void>>();
  same<typeof isRefreshing, boolean>();
  same<typeof error, Error | undefined>();
  same<typeof version, string>();
}

const store = createFlagStore({ version: 'v1', outcomes: [] });
same<ReturnType<typeof store.update>, boolean>();
// @ts-expect-error: nobody may write to the store's state
store.live = undefined;
