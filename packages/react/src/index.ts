export { Expose, type ExposeProps } from './expose.tsx';
export { ExposeShown, type ExposeShownProps } from './expose-shown.tsx';
export { Flag, type FlagContent, type FlagProps } from './flag.tsx';
export type { FlagQuery } from './flag-query.ts';
export { FlagsProvider, type FlagsProviderProps } from './flags-provider.tsx';
export {
  createFlagStore,
  type FlagStore,
  type FlagsFailure,
  type FlagsInput,
  type FlagsState,
} from './store.ts';
export { type UseFlagOptions, useFlag, useFlagValue } from './use-flag.ts';
export { type FlagValues, useFlags } from './use-flags.ts';
export { useExpose, useFlagStore } from './use-scope.ts';
