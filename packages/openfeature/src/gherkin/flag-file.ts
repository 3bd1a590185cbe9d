import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@halyard/core';
import { CONFORMANCE } from './features.ts';

/** A flag of the specification's flag file, in no backend's words. */
export interface SpecFlag {
  readonly key: string;
  readonly isDisabled: boolean;
  readonly variants: Readonly<Record<string, JsonValue>>;
  /** The variant of whom the targeting does not match; undefined for none. */
  readonly defaultVariant: string | undefined;
  readonly metadata: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly targeting: SpecTargeting | undefined;
}

/** Who gets another variant: those who meet all conditions. */
export interface SpecTargeting {
  readonly conditions: readonly SpecCondition[];
  readonly variant: string;
}

/** What an attribute of the context must be. `falsy`: false, or not there. */
export type SpecCondition =
  | { readonly attribute: string; readonly is: 'equal' | 'above'; readonly value: JsonValue }
  | { readonly attribute: string; readonly is: 'falsy' };

/** A flag as `test-flags.json` writes it. */
interface WrittenFlag {
  readonly disabled?: boolean;
  readonly variants: Record<string, JsonValue>;
  readonly defaultVariant?: string | null;
  readonly flagMetadata?: Record<string, string | number | boolean> | null;
  readonly contextEvaluator?: string;
}

const IS_BALLMER: SpecCondition = {
  attribute: 'email',
  is: 'equal',
  value: 'ballmer@macrosoft.com',
};

/** The evaluator expressions that occur. Their empty string means "no variant from targeting". */
const EVALUATORS: Readonly<Record<string, SpecTargeting>> = {
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
const CONTEXT_AWARE: SpecFlag = {
  key: 'context-aware',
  isDisabled: false,
  variants: { internal: 'INTERNAL', external: 'EXTERNAL' },
  defaultVariant: 'external',
  metadata: undefined,
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
export function readFlagFile(): readonly SpecFlag[] {
  const text = readFileSync(join(CONFORMANCE, 'test-flags.json'), 'utf8');
  const file = JSON.parse(text) as Record<string, WrittenFlag>;
  return [...Object.entries(file).map(([key, flag]) => specFlag(key, flag)), CONTEXT_AWARE];
}

function specFlag(key: string, flag: WrittenFlag): SpecFlag {
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

function targetingOf(key: string, evaluator: string): SpecTargeting {
  const targeting = EVALUATORS[evaluator];
  if (targeting !== undefined) return targeting;
  throw new Error(`flag "${key}": add this evaluator to EVALUATORS: ${evaluator}`);
}
