export type { PageContext } from '../context/post-context.ts';
export { FlagsRefresh } from './flags-refresh.tsx';
export {
  type FlagsRefreshOptions,
  type FlagsRefreshState,
  useFlagsRefresh,
} from './use-flags-refresh.ts';
export { useSetContext } from './use-set-context.ts';
