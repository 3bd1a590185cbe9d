import type { Diagnostic, LogicProblem } from '@halyard/core';
import { checkLogic, flagValueType, isJsonObject, messageOf } from '@halyard/core';
import { fractionalProblem } from '../dialect/fractional.ts';
import type { FlagdDocument, FlagdFlag, FlagListReport } from '../wire.ts';
import { isMetadataValue, typeName } from '../wire.ts';
import { unknownReference } from './evaluators.ts';
import type { FlagCheck, FlagSet } from './flag.ts';

/** The outcome for a flag with nothing wrong. */
export const SOUND: FlagCheck = Object.freeze({ reported: false });
const REPORTED: FlagCheck = Object.freeze({ reported: true });

/** The check while loading: finds most of what can be wrong without compiling anything. */
export class DocumentCheck implements FlagListReport {
  private readonly set: FlagSet;
  /** The flag being checked; undefined for the document itself. */
  private flagKey: string | undefined = undefined;
  private errors = 0;
  private references = 0;

  constructor(set: FlagSet) {
    this.set = set;
  }

  document({ $evaluators, metadata }: FlagdDocument): void {
    if ($evaluators !== undefined && !isJsonObject($evaluators)) {
      this.report('error', '$evaluators', `expected rules by name, found ${typeName($evaluators)}`);
    }
    this.metadata(metadata);
    for (const [name, rule] of this.set.evaluators.entries()) this.evaluator(name, rule);
  }

  /** A flag of the array form that cannot be addressed. */
  orphan(index: number): void {
    this.flagKey = undefined;
    this.report('error', `flags[${index}]`, 'expected a flag with a `key`; it is left out');
  }

  /** A key that the array form has twice; the later flag is used. */
  duplicate(key: string): void {
    this.flagKey = key;
    this.report('warning', '', 'the key occurs more than once; the last flag with it is used');
  }

  /** Checks one flag; the answer goes to the flag itself. */
  flag(key: string, flag: unknown): FlagCheck {
    this.flagKey = key;
    this.errors = 0;
    const problem = structuralProblem(flag);
    if (problem !== undefined) {
      this.report('error', problem.path, problem.message);
      return { problem: `${problem.path}: ${problem.message}`, reported: true };
    }
    const { defaultVariant, metadata, targeting, variants } = flag as FlagdFlag;
    if (!defaultVariant && defaultVariant !== undefined && defaultVariant !== null) {
      const message = 'expected the name of a variant or null; it counts as null';
      this.report('warning', 'defaultVariant', message);
    }
    this.variants(variants);
    if (metadata !== undefined) this.metadata(metadata);
    if (typeof targeting === 'object' && targeting !== null) this.rule(targeting, 'targeting');
    return this.errors === 0 ? SOUND : REPORTED;
  }

  private evaluator(name: string, rule: unknown): void {
    const path = `$evaluators.${name}`;
    this.references = 0;
    this.rule(rule, path);
    if (this.references === 0) return;
    try {
      this.set.evaluators.expand({ $ref: name });
    } catch (error) {
      this.report('error', path, messageOf(error));
    }
  }

  private variants(variants: FlagdFlag['variants']): void {
    let type: string | undefined;
    // Allocates nothing: garbage made while loading makes the collector walk the document again.
    for (const name in variants) {
      const found = flagValueType(variants[name]);
      type ??= found;
      if (found === type && found !== undefined) continue;
      const message = `expected ${type ?? 'a boolean, string, number or object'} as in the flag's other variants, found ${typeName(variants[name])}; reads of another type get their default`;
      this.report('warning', `variants.${name}`, message);
      return;
    }
  }

  private metadata(metadata: unknown): void {
    if (metadata === undefined) return;
    if (isJsonObject(metadata) && Object.values(metadata).every(isMetadataValue)) return;
    const message =
      'expected an object of strings, numbers and booleans; anything else is left out';
    this.report('warning', 'metadata', message);
  }

  private rule(rule: unknown, path: string): void {
    try {
      const problems = checkLogic(rule, this.set.evaluators.dialect);
      for (let i = 0; i < problems.length; i++) {
        const { path: at, message } = problems[i] as LogicProblem;
        this.report('error', at === '' ? path : `${path}.${at}`, message);
      }
      // Only structures of bounded depth are walked further.
      if (problems.length === 0) this.inspect(rule, path);
    } catch (error) {
      this.report('error', path, messageOf(error));
    }
  }

  /** Looks for what JSON Logic knows nothing of: references to nothing, impossible rollouts. */
  private inspect(rule: unknown, path: string): void {
    if (typeof rule !== 'object' || rule === null) return;
    if (Array.isArray(rule)) {
      this.inspectEach(rule, path);
      return;
    }
    for (const key in rule) {
      const part = (rule as Record<string, unknown>)[key];
      if (key === '$ref' && typeof part === 'string') this.reference(part, path);
      if (key === 'fractional') this.rollout(part, path);
      if (typeof part === 'object') this.inspect(part, path);
    }
  }

  /** Most of a document is lists of texts: they are passed over in the smallest possible loop. */
  private inspectEach(rules: readonly unknown[], path: string): void {
    for (let i = 0; i < rules.length; i++) {
      if (typeof rules[i] === 'object') this.inspect(rules[i], path);
    }
  }

  private reference(name: string, path: string): void {
    this.references++;
    if (this.set.evaluators.has(name)) return;
    this.report('error', path, unknownReference(name));
  }

  private rollout(args: unknown, path: string): void {
    const problem = fractionalProblem(args);
    if (problem !== undefined) this.report('warning', path, problem);
  }

  private report(severity: Diagnostic['severity'], path: string, message: string): void {
    if (severity === 'error') this.errors++;
    this.set.diagnostics.push({ flagKey: this.flagKey, path, severity, message });
  }
}

/** What makes a flag no flag, whatever its targeting says. */
function structuralProblem(flag: unknown): { path: string; message: string } | undefined {
  if (!isJsonObject(flag))
    return { path: '', message: `expected an object, found ${typeName(flag)}` };
  const { defaultVariant, state, variants } = flag;
  if (state !== 'ENABLED' && state !== 'DISABLED') {
    const found = typeof state === 'string' ? `"${state}"` : typeName(state);
    return { path: 'state', message: `expected "ENABLED" or "DISABLED", found ${found}` };
  }
  if (!isJsonObject(variants)) {
    const message = `expected an object of values by variant name, found ${typeName(variants)}`;
    return { path: 'variants', message };
  }
  // As in flagd, whatever is empty or false counts as absent.
  if (!defaultVariant) return undefined;
  if (typeof defaultVariant === 'string' && Object.hasOwn(variants, defaultVariant))
    return undefined;
  const found =
    typeof defaultVariant === 'string' ? `"${defaultVariant}"` : typeName(defaultVariant);
  return {
    path: 'defaultVariant',
    message: `expected the name of one of the variants, found ${found}`,
  };
}
