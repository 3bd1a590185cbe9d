export type { TestFlag, TestFlags } from '@halyard/core/test-flags';
export type { FlagRecords, TrackedEvent } from './records.ts';
export { type FlagsKit, type TestCookie, type TestCookieOptions, withFlags } from './with-flags.ts';
