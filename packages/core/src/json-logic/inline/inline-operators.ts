import type { Part, Scope } from '../scope.ts';
import { COMPARISONS } from '../values/comparison.ts';
import { inlineDifference, inlineProduct, inlineRemainder, inlineSum } from './arithmetic.ts';
import { inlineComparison } from './comparison.ts';
import {
  inlineAnd,
  inlineBoolean,
  inlineCoalesce,
  inlineIf,
  inlineNot,
  inlineOr,
} from './control.ts';
import {
  inlineAll,
  inlineFilter,
  inlineMap,
  inlineNone,
  inlineReduce,
  inlineSome,
} from './iteration.ts';
import { inlineIn } from './membership.ts';
import { inlineMissing, inlineMissingSome } from './missing.ts';
import { inlineQuotient } from './quotient.ts';
import { inlineTry } from './recovery.ts';
import { inlineEachKey, inlinePipe } from './stages.ts';
import { inlineCat } from './strings.ts';
import { inlineGet, inlineValue, inlineVariable } from './variables.ts';

/** Compiles an operator in place; gives undefined where the engine calls its interpreter instead. */
type InlineOperator = (args: unknown, scope: Scope, path: string) => Part | undefined;

/** The operators that the engine's compiled mode has text of its own for. */
export const INLINE_OPERATORS: ReadonlyMap<string, InlineOperator> = new Map<
  string,
  InlineOperator
>([
  ['var', inlineVariable],
  ['val', inlineValue],
  ['get', inlineGet],
  ['missing', inlineMissing],
  ['missing_some', inlineMissingSome],
  ['if', inlineIf],
  ['?:', inlineIf],
  ['and', inlineAnd],
  ['or', inlineOr],
  ['??', inlineCoalesce],
  ['!', inlineNot],
  ['not', inlineNot],
  ['!!', inlineBoolean],
  ['try', inlineTry],
  ['+', inlineSum],
  ['-', inlineDifference],
  ['*', inlineProduct],
  ['/', inlineQuotient],
  ['%', inlineRemainder],
  ['cat', inlineCat],
  ['in', inlineIn],
  ['map', inlineMap],
  ['filter', inlineFilter],
  ['reduce', inlineReduce],
  ['some', inlineSome],
  ['none', inlineNone],
  ['all', inlineAll],
  ['every', inlineAll],
  ['pipe', inlinePipe],
  ['eachKey', inlineEachKey],
  ...[...COMPARISONS].map(([name, comparison]): [string, InlineOperator] => [
    name,
    (args, scope, path) => inlineComparison(comparison, args, scope, path),
  ]),
]);
