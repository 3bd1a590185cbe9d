import type { FlagDefault, FlagKey, FlagType, FlagValue } from '@halyard/core';
import { ExposeShown } from '@halyard/react';
import type { ReactNode } from 'react';
import type { Flags } from '../flags.ts';

/** What a gate shows: nodes, or a function of the flag's value. */
export type GateContent<T> = ReactNode | ((value: T) => ReactNode);

/** Props of a {@link FlagGate}. */
export interface FlagGateProps<K extends FlagKey, D extends FlagDefault<K>> {
  readonly flag: K;
  /** Stands for the flag when it cannot be read. */
  readonly default: D;
  /** The value that shows the children. Default: any but false, null, 0 and the empty string. */
  readonly match?: FlagType<K, D>;
  /** Shown when the flag does not match. Default: nothing. */
  readonly otherwise?: GateContent<FlagType<K, D>>;
  readonly children?: GateContent<FlagType<K, D>>;
}

/** A server component that shows one of two things, as a flag decides. */
export type FlagGate = <K extends FlagKey, D extends FlagDefault<K>>(
  props: FlagGateProps<K, D>,
) => Promise<ReactNode>;

/**
 * Makes the server component that shows what a flag decides, and has the browser count the flag when
 * that is mounted: once for a page however it was navigated to, and never for a prefetch, an error or a
 * redirect. It belongs below a `FlagsProvider`. A flag that `client` does not name may not reach the
 * browser, and counts as it does with `flags.get`.
 *
 * ```tsx
 * export const FlagGate = createFlagGate(flags);
 *
 * <FlagGate flag="new-checkout" default={false} otherwise={<Checkout />}>
 *   <NewCheckout />
 * </FlagGate>
 * ```
 */
export function createFlagGate(flags: Pick<Flags, 'details' | 'reachesBrowser'>): FlagGate {
  const gate: FlagGate = async ({ flag, default: defaultValue, match, otherwise, children }) => {
    const details = await flags.details(flag, defaultValue, { expose: 'on-mount' });
    const { value, variant, reason, errorCode } = details;
    const isShown = errorCode === undefined && reason !== 'DISABLED';
    const isCounted = isShown && flags.reachesBrowser(flag);
    const content = matches(value, match) ? children : otherwise;
    return (
      <>
        {isCounted && <ExposeShown flagKey={flag} value={value as FlagValue} variant={variant} />}
        {typeof content === 'function' ? content(value) : content}
      </>
    );
  };
  return gate;
}

function matches(value: unknown, match: unknown): boolean {
  if (match === undefined) return Boolean(value);
  return JSON.stringify(value) === JSON.stringify(match);
}
