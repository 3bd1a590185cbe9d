export type {
  GivenClientOptions,
  HalyardServerProviderOptions,
  OwnClientOptions,
  ProviderOptions,
} from './options.ts';
export { HalyardServerProvider } from './provider.ts';
