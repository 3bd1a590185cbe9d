export type { HalyardWebProviderOptions } from './options.ts';
export { type FlagValues, HalyardWebProvider } from './provider.ts';
