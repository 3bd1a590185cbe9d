import type {
  EvaluationScope,
  Expression,
  LogicDialect,
  LogicFrame,
  OperatorCompiler,
} from '@halyard/core';
import { fractional } from './dialect/fractional.ts';
import { semVer } from './dialect/sem-ver.ts';
import { endsWith, startsWith } from './dialect/text.ts';

/** flagd's operators on top of JSON Logic (https://flagd.dev/reference/flag-definitions/). */
export const FLAGD_OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map([
  ['starts_with', startsWith],
  ['ends_with', endsWith],
  ['sem_ver', semVer],
  ['fractional', fractional],
]);

/** flagd's JSON Logic, without references to evaluators. */
export const FLAGD_DIALECT: LogicDialect = {
  operators: FLAGD_OPERATORS,
  variable: injectedVariable,
};

/** The variables flagd injects. Nothing else below `$flagd` exists, whatever the context has there. */
function injectedVariable(path: string): Expression | undefined {
  if (path === '$flagd.flagKey') return (_data, frame) => frame.flagKey;
  if (path === '$flagd.timestamp') return (_data, frame) => timestampOf(frame.scope);
  if (path === '$flagd') return (_data, frame) => injectedBy(frame);
  return path.startsWith('$flagd.') ? () => undefined : undefined;
}

/** The data for rules that may read anything: the context, with flagd's properties on top. */
export function dataWithInjected(frame: LogicFrame): unknown {
  return { ...frame.scope.context, $flagd: injectedBy(frame) };
}

function injectedBy({ flagKey, scope }: LogicFrame) {
  return { flagKey, timestamp: timestampOf(scope) };
}

/** Whole Unix seconds; null when the snapshot was made without a clock. */
function timestampOf({ now }: EvaluationScope): number | null {
  return now === undefined ? null : Math.floor(now / 1000);
}
