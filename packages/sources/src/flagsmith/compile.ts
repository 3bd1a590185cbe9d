import type {
  CompileOptions,
  Diagnostic,
  EvaluationContext,
  EvaluationScope,
  FlagOutcome,
  FlagValue,
  FlagValueType,
  Resolution,
  Ruleset,
} from '@halyard/core';
import { errorResolution, flagNotFound, messageOf } from '@halyard/core';
import { BulkPlan } from './compile/bulk.ts';
import { DocumentModel } from './compile/document-model.ts';
import { Environment } from './compile/environment.ts';
import { segmentResult } from './compile/evaluate-context.ts';
import type { Flag } from './compile/flag.ts';
import { listedOutcomes } from './compile/listed-outcomes.ts';
import { ApplicationVisit, identifierOf } from './compile/visit.ts';
import type { FlagsmithSegmentResult } from './wire/evaluation-context.ts';
import type { FlagsmithDocument } from './wire.ts';
import { parse, requireDocument, updatedAt } from './wire.ts';

/** Options of {@link compile}. */
export interface FlagsmithCompileOptions extends CompileOptions {
  /** What flags resolve to that the document does not have; undefined for FLAG_NOT_FOUND. */
  readonly missing?: (key: string) => Resolution | undefined;
}

/** An environment of Flagsmith, compiled. */
export interface FlagsmithRuleset extends Ruleset {
  readonly source: 'flagsmith';
  /** The environment's client-side key. */
  readonly environmentKey: string;
  /** When the document was last changed, in Unix milliseconds; undefined when it does not say. */
  readonly updatedAt: number | undefined;
  /**
   * The segments that a context is in, in the document's order; none for a context without a targeting
   * key. Never throws.
   */
  segmentsFor(context: EvaluationContext): readonly FlagsmithSegmentResult[];
}

/**
 * Compiles an environment document, given as such or as its JSON text. Features and overrides are
 * indexed by name here; a flag, and each segment that can override it, is compiled when it is first
 * read. One bad flag never harms the others: it becomes a diagnostic and resolves to PARSE_ERROR.
 *
 * The targeting key is the identity's identifier, all other attributes are its traits; those in an
 * attribute `traits` go before the others. Without a targeting key, flags have the environment's values.
 *
 * The version is `options.version`, else the document's `updated_at`, else `unversioned`.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the text is not JSON or is no environment document.
 */
export function compile(
  definitions: FlagsmithDocument | string,
  options: FlagsmithCompileOptions = {},
): FlagsmithRuleset {
  const document =
    typeof definitions === 'string' ? parse(definitions) : requireDocument(definitions);
  return new EnvironmentRuleset(document, options);
}

/**
 * What a read gives, as Flagsmith's OpenFeature providers have it: a boolean is whether the flag is
 * enabled; texts, numbers and objects are its value, converted where that loses nothing; an object is
 * a text that holds JSON. Without a type: the value where there is one, else whether it is enabled.
 * Disabled flags have no value.
 */
export function select(
  { value, enabled, payload }: Resolution,
  type: FlagValueType | undefined,
): FlagValue | undefined {
  if (type === 'boolean') return enabled;
  if (enabled !== true) return type === undefined ? enabled : undefined;
  switch (type) {
    case undefined:
      return payload ?? value ?? enabled;
    case 'object':
      return payload;
    case 'string':
      return value === null || value === undefined ? undefined : String(value);
    case 'number':
      return numberOf(value);
  }
}

function numberOf(value: FlagValue | undefined): number | undefined {
  if (typeof value !== 'string' || value.trim() === '') {
    return typeof value === 'number' ? value : undefined;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

class EnvironmentRuleset implements FlagsmithRuleset {
  readonly source = 'flagsmith';
  readonly version: string;
  readonly flagKeys: readonly string[];
  readonly diagnostics: Diagnostic[] = [];
  readonly environmentKey: string;
  readonly updatedAt: number | undefined;
  private readonly environment: Environment<DocumentModel>;
  private readonly missing: FlagsmithCompileOptions['missing'];
  private bulk: BulkPlan | undefined = undefined;
  private forNobody: readonly Resolution[] | undefined = undefined;

  constructor(document: FlagsmithDocument, options: FlagsmithCompileOptions) {
    const { version = document.updated_at ?? 'unversioned', previous, missing } = options;
    const { diagnostics } = this;
    const model = new DocumentModel(document, (path, message) => {
      diagnostics.push({ path, severity: 'error', message });
    });
    this.version = version;
    this.environmentKey = document.api_key;
    this.updatedAt = updatedAt(document);
    this.flagKeys = model.featureNames;
    this.missing = missing;
    this.environment = new Environment(model, diagnostics);
    if (previous instanceof EnvironmentRuleset) this.environment.adopt(previous.environment);
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const flag = this.environment.flag(key);
    if (flag === undefined) return this.notFound(key);
    try {
      if (scope.trace !== undefined) return this.explain(flag, scope);
      const identifier = identifierOf(scope.context);
      if (identifier === undefined) return flag.anonymous;
      return flag.constant ?? flag.resolve(this.visitOf(scope, identifier));
    } catch (thrown) {
      const message = `the context could not be read: ${messageOf(thrown)}`;
      return errorResolution('GENERAL', `flag "${key}": ${message}`);
    }
  }

  resolveAll(scope: EvaluationScope): readonly Resolution[] {
    try {
      const identifier = identifierOf(scope.context);
      if (identifier === undefined) return this.anonymous();
      this.bulk ??= new BulkPlan(this.environment);
      return this.bulk.resolve(this.visitOf(scope, identifier));
    } catch {
      // Flag by flag, so that those that need nothing of what cannot be read are not lost with it.
      return this.flagKeys.map((key) => this.resolve(key, scope));
    }
  }

  segmentsFor(context: EvaluationContext): readonly FlagsmithSegmentResult[] {
    try {
      const identifier = identifierOf(context);
      if (identifier === undefined) return [];
      const visit = new ApplicationVisit(this.environment.model, context, identifier);
      return this.environment.segments
        .filter((segment) => segment.matches(visit))
        .map(({ model }) => segmentResult(model));
    } catch {
      // A context that throws when it is read is in no segment that anybody could name.
      return [];
    }
  }

  definitionOf(key: string): unknown {
    const { model } = this.environment;
    const feature = model.feature(key);
    if (feature === undefined) return undefined;
    const overrides = model.overridesOf(key).map(({ segment, written }) => {
      const { key: id, name, rules } = model.segments[segment] ?? {};
      return { id, name, rules, state: written };
    });
    return { feature: feature.written, overrides, identities: model.identitiesOf(key) };
  }

  outcomesOf(key: string): readonly FlagOutcome[] | undefined {
    return listedOutcomes(key, this.environment);
  }

  private visitOf(scope: EvaluationScope, identifier: string): ApplicationVisit {
    scope.state ??= new ApplicationVisit(this.environment.model, scope.context, identifier);
    return scope.state as ApplicationVisit;
  }

  private explain(flag: Flag, scope: EvaluationScope): Resolution {
    const trace = scope.trace ?? [];
    const identifier = identifierOf(scope.context);
    if (identifier !== undefined) {
      return flag.explain(this.visitOf(scope, identifier), trace);
    }
    trace.push({ kind: 'default', path: 'feature_state_value', matched: true });
    return flag.anonymous;
  }

  private notFound(key: string): Resolution {
    try {
      return this.missing?.(key) ?? flagNotFound(key);
    } catch (thrown) {
      const message = `\`defaultFlag\` failed: ${messageOf(thrown)}`;
      return errorResolution('GENERAL', `flag "${key}": ${message}`);
    }
  }

  private anonymous(): readonly Resolution[] {
    this.forNobody ??= this.flagKeys.map((key) => (this.environment.flag(key) as Flag).anonymous);
    return this.forNobody;
  }
}
