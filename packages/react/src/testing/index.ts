export type { TestFlag, TestFlags } from '@halyard/core/test-flags';
export { TestFlagsProvider, type TestFlagsProviderProps } from './test-flags-provider.tsx';
