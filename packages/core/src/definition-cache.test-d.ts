import type { FlagDefinitionCacheProvider } from './index.ts';

// Checked by `tsc -p tsconfig.tests.json`; nothing here runs.

/** The interface that providers for PostHog's Node SDK implement, with a data type of their own. */
interface PosthogProvider {
  getFlagDefinitions(): Promise<{ flags: object[] } | undefined> | { flags: object[] } | undefined;
  shouldFetchFlagDefinitions(): Promise<boolean> | boolean;
  onFlagDefinitionsReceived(data: { flags: object[] }): Promise<void> | void;
  shutdown(): Promise<void> | void;
}

declare const provider: PosthogProvider;
export const cache: FlagDefinitionCacheProvider = provider;

// @ts-expect-error A provider that cannot be asked whether to fetch is none.
export const incomplete: FlagDefinitionCacheProvider = {
  getFlagDefinitions: () => undefined,
  onFlagDefinitionsReceived: () => {},
  shutdown: () => {},
};
