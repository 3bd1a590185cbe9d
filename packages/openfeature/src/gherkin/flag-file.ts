import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@halyard/core';
import type { FlagdDocument, FlagdFlag } from '@halyard/sources/flagd';
import { CONFORMANCE } from './features.ts';

/** A flag as `test-flags.json` writes it. */
interface TestFlag {
  readonly disabled?: boolean;
  readonly variants: Record<string, JsonValue>;
  readonly defaultVariant?: string | null;
  readonly flagMetadata?: Record<string, string | number | boolean> | null;
  readonly contextEvaluator?: string;
}

/**
 * The evaluator expressions that occur, as JSON Logic. Their empty string means "no variant from
 * targeting", which flagd writes as null: the default variant, with the reason DEFAULT.
 */
const EVALUATORS: Readonly<Record<string, JsonValue>> = {
  "email == 'ballmer@macrosoft.com' ? 'zero' : ''": {
    if: [{ '==': [{ var: 'email' }, 'ballmer@macrosoft.com'] }, 'zero', null],
  },
  "!customer && email == 'ballmer@macrosoft.com' && age > 10 ? 'internal' : ''": {
    if: [
      {
        and: [
          { '!': [{ var: 'customer' }] },
          { '==': [{ var: 'email' }, 'ballmer@macrosoft.com'] },
          { '>': [{ var: 'age' }, 10] },
        ],
      },
      'internal',
      null,
    ],
  },
};

/**
 * The deprecated feature reads a flag that the flag file has no more. This is what its scenario says
 * of it: these four attributes make it internal, an empty context external.
 */
const CONTEXT_AWARE: FlagdFlag = {
  state: 'ENABLED',
  variants: { internal: 'INTERNAL', external: 'EXTERNAL' },
  defaultVariant: 'external',
  targeting: {
    if: [
      {
        and: [
          { '==': [{ var: 'fn' }, 'Sulisław'] },
          { '==': [{ var: 'ln' }, 'Świętopełk'] },
          { '==': [{ var: 'age' }, 29] },
          { '===': [{ var: 'customer' }, false] },
        ],
      },
      'internal',
      null,
    ],
  },
};

/** The specification's flag file as a flagd document. Throws on an evaluator it does not know. */
export function readFlagFile(): FlagdDocument {
  const text = readFileSync(join(CONFORMANCE, 'test-flags.json'), 'utf8');
  const file = JSON.parse(text) as Record<string, TestFlag>;
  const flags = Object.entries(file).map(([key, flag]) => [key, toFlagd(key, flag)] as const);
  return { flags: { ...Object.fromEntries(flags), 'context-aware': CONTEXT_AWARE } };
}

function toFlagd(key: string, flag: TestFlag): FlagdFlag {
  return {
    state: flag.disabled === true ? 'DISABLED' : 'ENABLED',
    variants: flag.variants,
    ...(flag.defaultVariant === undefined ? {} : { defaultVariant: flag.defaultVariant }),
    ...(flag.flagMetadata ? { metadata: flag.flagMetadata } : {}),
    ...(flag.contextEvaluator === undefined
      ? {}
      : { targeting: toJsonLogic(key, flag.contextEvaluator) }),
  };
}

function toJsonLogic(key: string, evaluator: string): JsonValue {
  const logic = EVALUATORS[evaluator];
  if (logic !== undefined) return logic;
  throw new Error(`flag "${key}": add this evaluator to EVALUATORS as JSON Logic: ${evaluator}`);
}
