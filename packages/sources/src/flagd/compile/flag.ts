import type {
  Diagnostic,
  EvaluationScope,
  Expression,
  FlagMetadata,
  FlagOutcome,
  FlagValue,
  Resolution,
  TraceStep,
} from '@halyard/core';
import {
  compileLogic,
  errorResolution,
  LogicError,
  messageOf,
  readsWholeData,
} from '@halyard/core';
import { dataWithInjected } from '../dialect.ts';
import type { FlagdFlag } from '../wire.ts';
import { mergeMetadata } from '../wire.ts';
import type { Evaluators } from './evaluators.ts';
import { tracing } from './tracing.ts';

/** What the flags of one document have in common. */
export interface FlagSet {
  readonly metadata: FlagMetadata;
  readonly evaluators: Evaluators;
  readonly diagnostics: Diagnostic[];
}

/** What loading found out about a flag's definition. */
export interface FlagCheck {
  /** Why the definition makes no sense; the flag resolves to PARSE_ERROR without being compiled. */
  readonly problem?: string;
  /** Whether its errors are among the diagnostics already. */
  readonly reported: boolean;
}

const NO_VARIANTS: ReadonlyMap<string, Resolution> = new Map();
const NO_VALUE: Resolution = Object.freeze({ reason: 'DEFAULT' });

/**
 * One flag. It is compiled when first read; from then on its resolutions are shared objects, so that
 * a read allocates next to nothing.
 */
export class Flag {
  readonly key: string;
  private readonly definition: FlagdFlag;
  private readonly check: FlagCheck;
  private readonly set: FlagSet;
  private metadata: FlagMetadata | undefined = undefined;
  // What a read needs is kept in fields of the flag itself: every object on the way to it would be one
  // more cache miss.
  private fixed: Resolution | undefined = undefined;
  private expression: Expression | undefined = undefined;
  private readsWholeData = false;
  private byVariant: ReadonlyMap<string, Resolution> = NO_VARIANTS;
  /** The resolution when targeting answers null. */
  private otherwise: Resolution = NO_VALUE;

  constructor(key: string, definition: FlagdFlag, check: FlagCheck, set: FlagSet) {
    this.key = key;
    this.definition = definition;
    this.check = check;
    this.set = set;
  }

  /** Evaluates the flag. Never throws. */
  resolve(scope: EvaluationScope): Resolution {
    if (scope.trace !== undefined) return this.explain(scope, scope.trace);
    return this.fixed ?? this.constant ?? this.evaluate(scope);
  }

  /** The resolution that every context gets; undefined when it takes an evaluation to know. */
  get constant(): Resolution | undefined {
    if (this.fixed === undefined && this.expression === undefined) this.compile();
    return this.fixed;
  }

  /** Evaluates a flag without a {@link constant} resolution. Never throws. */
  evaluate(scope: EvaluationScope, expression = this.expression): Resolution {
    const frame = { flagKey: this.key, scope };
    let variant: string;
    try {
      const data = this.readsWholeData ? dataWithInjected(frame) : scope.context;
      const outcome = expression?.(data, frame);
      if (outcome === null || outcome === undefined) return this.otherwise;
      variant = typeof outcome === 'string' ? outcome : String(outcome);
    } catch (error) {
      return this.error('GENERAL', `targeting failed for this context: ${messageOf(error)}`);
    }
    return (
      this.byVariant.get(variant) ??
      this.error('GENERAL', `targeting names the variant "${variant}", which it does not have`)
    );
  }

  /** Every variant; no value where that is left to the reader. Undefined for a flag that makes no sense. */
  get outcomes(): readonly FlagOutcome[] | undefined {
    if (this.check.problem !== undefined) return undefined;
    const { variants, defaultVariant, state } = this.definition;
    const outcomes = Object.entries(variants).map(([variant, value]) => {
      freeze(value);
      return { value, variant };
    });
    return defaultVariant && state === 'ENABLED' ? outcomes : [...outcomes, {}];
  }

  private compile(): void {
    const { definition, check, set } = this;
    this.metadata = mergeMetadata(set.metadata, definition?.metadata);
    if (check.problem !== undefined) {
      this.fixed = this.error('PARSE_ERROR', check.problem);
    } else if (definition.state === 'DISABLED') {
      this.fixed = Object.freeze({ reason: 'DISABLED', flagMetadata: this.metadata });
    } else {
      this.compileTargeting();
    }
  }

  private compileTargeting(): void {
    const { definition, check, set } = this;
    try {
      const rule = set.evaluators.expand(definition.targeting);
      if (!isTargeting(rule)) {
        this.fixed = this.fallback('STATIC');
        return;
      }
      const { dialect } = set.evaluators;
      const expression = compileLogic(rule, dialect, 'targeting');
      this.readsWholeData = readsWholeData(rule, dialect);
      this.byVariant = this.resolutionsByVariant();
      this.otherwise = this.fallback('DEFAULT');
      this.expression = expression;
    } catch (error) {
      const message = messageOf(error).replace(/^\[halyard\] \[[\w-]+\] /, '');
      this.fixed = this.error('PARSE_ERROR', `targeting does not compile: ${message}`);
      if (check.reported) return;
      const path = error instanceof LogicError ? error.path : 'targeting';
      set.diagnostics.push({ flagKey: this.key, path, severity: 'error', message });
    }
  }

  private resolutionsByVariant(): ReadonlyMap<string, Resolution> {
    const resolutions = new Map<string, Resolution>();
    for (const variant of Object.keys(this.definition.variants)) {
      resolutions.set(variant, this.outcome(variant, 'TARGETING_MATCH'));
    }
    return resolutions;
  }

  private fallback(reason: 'STATIC' | 'DEFAULT'): Resolution {
    const { defaultVariant } = this.definition;
    // As in flagd, an empty name is no name.
    if (!defaultVariant) return Object.freeze({ reason: 'DEFAULT', flagMetadata: this.metadata });
    return this.outcome(defaultVariant, reason);
  }

  private outcome(variant: string, reason: Resolution['reason']): Resolution {
    const value = this.definition.variants[variant] as FlagValue;
    freeze(value);
    return Object.freeze({ value, variant, reason, flagMetadata: this.metadata });
  }

  private error(code: 'GENERAL' | 'PARSE_ERROR', message: string): Resolution {
    return Object.freeze(errorResolution(code, `flag "${this.key}": ${message}`, this.metadata));
  }

  /** Evaluates with every step written down, by a rule of its own, so that ordinary reads pay nothing. */
  private explain(scope: EvaluationScope, trace: TraceStep[]): Resolution {
    const { constant } = this;
    const resolution = constant ?? this.evaluate(scope);
    const traced = constant === undefined ? this.traced() : undefined;
    if (traced !== undefined) {
      // The steps so far come again, among those of the conditions around them.
      trace.length = 0;
      this.evaluate(scope, traced);
    }
    const { reason, variant = null } = resolution;
    const path = decidedBy(resolution);
    if (path !== undefined) trace.push({ kind: 'default', path, matched: true, detail: variant });
    if (reason === 'TARGETING_MATCH' && trace.length === 0) {
      trace.push({ kind: 'rule', path: 'targeting', matched: true, detail: variant });
    }
    return resolution;
  }

  private traced(): Expression | undefined {
    try {
      const { evaluators } = this.set;
      const rule = evaluators.expand(this.definition.targeting);
      return compileLogic(rule, tracing(evaluators.dialect), 'targeting');
    } catch {
      // Traced conditionals are stricter with constant branches that can only fail. The rule itself did
      // compile, so it is explained without its steps.
      return undefined;
    }
  }
}

/** Where a resolution came from that targeting did not decide. */
function decidedBy({ reason }: Resolution): string | undefined {
  if (reason === 'DISABLED') return 'state';
  return reason === 'STATIC' || reason === 'DEFAULT' ? 'defaultVariant' : undefined;
}

/** flagd runs targeting that is truthy and has keys: an object, an array, or a text. */
function isTargeting(rule: unknown): boolean {
  return Boolean(rule) && Object.keys(rule as object).length > 0;
}

/** Freezes a value that every visitor gets, so that no one can change what the others see. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
