export {
  type TestFlag,
  type TestFlags,
  TestFlagsProvider,
  type TestFlagsProviderProps,
} from './test-flags-provider.tsx';
