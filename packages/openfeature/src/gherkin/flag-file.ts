import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@halyard/core';
import type { Condition, PlainFlag, Targeting } from '../fixtures/backends/flag.ts';
import { CONFORMANCE } from './features.ts';

/** A flag as `test-flags.json` writes it. */
interface WrittenFlag {
  readonly disabled?: boolean;
  readonly variants: Record<string, JsonValue>;
  readonly defaultVariant?: string | null;
  readonly flagMetadata?: Record<string, string | number | boolean> | null;
  readonly contextEvaluator?: string;
}

const IS_BALLMER: Condition = {
  attribute: 'email',
  is: 'equal',
  value: 'ballmer@macrosoft.com',
};

/** The evaluator expressions that occur. Their empty string means "no variant from targeting". */
const EVALUATORS: Readonly<Record<string, Targeting>> = {
  "email == 'ballmer@macrosoft.com' ? 'zero' : ''": { conditions: [IS_BALLMER], variant: 'zero' },
  "!customer && email == 'ballmer@macrosoft.com' && age > 10 ? 'internal' : ''": {
    conditions: [
      { attribute: 'customer', is: 'falsy' },
      IS_BALLMER,
      { attribute: 'age', is: 'above', value: 10 },
    ],
    variant: 'internal',
  },
};

/**
 * The deprecated feature reads a flag that the flag file has no more. This is what its scenario says
 * of it: these four attributes make it internal, an empty context external.
 */
const CONTEXT_AWARE: PlainFlag = {
  key: 'context-aware',
  variants: { internal: 'INTERNAL', external: 'EXTERNAL' },
  defaultVariant: 'external',
  targeting: {
    conditions: [
      { attribute: 'fn', is: 'equal', value: 'Sulisław' },
      { attribute: 'ln', is: 'equal', value: 'Świętopełk' },
      { attribute: 'age', is: 'equal', value: 29 },
      { attribute: 'customer', is: 'falsy' },
    ],
    variant: 'internal',
  },
};

/** The specification's flags. Throws on an evaluator it does not know. */
export function readFlagFile(): readonly PlainFlag[] {
  const text = readFileSync(join(CONFORMANCE, 'test-flags.json'), 'utf8');
  const file = JSON.parse(text) as Record<string, WrittenFlag>;
  return [...Object.entries(file).map(([key, flag]) => specFlag(key, flag)), CONTEXT_AWARE];
}

function specFlag(key: string, flag: WrittenFlag): PlainFlag {
  const { disabled = false, variants, defaultVariant, flagMetadata, contextEvaluator } = flag;
  return {
    key,
    isDisabled: disabled,
    variants,
    defaultVariant: defaultVariant ?? undefined,
    metadata: flagMetadata ?? undefined,
    targeting: contextEvaluator === undefined ? undefined : targetingOf(key, contextEvaluator),
  };
}

function targetingOf(key: string, evaluator: string): Targeting {
  const targeting = EVALUATORS[evaluator];
  if (targeting !== undefined) return targeting;
  throw new Error(`flag "${key}": add this evaluator to EVALUATORS: ${evaluator}`);
}
