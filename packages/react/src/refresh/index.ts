export { FlagsRefresh } from './flags-refresh.tsx';
export {
  type FlagsRefreshOptions,
  type FlagsRefreshState,
  useFlagsRefresh,
} from './use-flags-refresh.ts';
