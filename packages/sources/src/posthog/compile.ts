import type {
  CompileOptions,
  Diagnostic,
  EvaluationScope,
  FlagOutcome,
  FlagValue,
  FlagValueType,
  Resolution,
  Ruleset,
} from '@halyard/core';
import {
  errorResolution,
  flagNotFound,
  isJsonObject,
  listOutcomes,
  messageOf,
} from '@halyard/core';
import { BulkPlan } from './compile/bulk.ts';
import { DefinitionIndex } from './compile/definitions.ts';
import { listedOutcomes } from './compile/listed-outcomes.ts';
import { Project } from './compile/project.ts';
import { distinctIdOf, Visit } from './compile/visit.ts';
import type { PosthogDefinitions } from './wire.ts';
import { parse, requireDefinitions } from './wire.ts';

/** Options of {@link compile}. */
export interface PosthogCompileOptions extends CompileOptions {
  /**
   * Where flags are evaluated here, such as `['server', 'checkout']`: flags for other places do not exist,
   * and are false to those that depend on them. Default: all flags are for here.
   */
  readonly evaluationContexts?: readonly string[];
}

/** A project of PostHog, compiled. */
export interface PosthogRuleset extends Ruleset {
  readonly source: 'posthog';
  /** Whether exposures of flags without an experiment may leave things out, by the definitions. */
  readonly minimalFlagCalledEvents: boolean;
}

/**
 * Compiles flag definitions, given as such or as their JSON text. Flags are indexed by key here; a flag, and
 * each cohort that it names, is compiled when it is first read. A flag that cannot be decided from the
 * definitions and the context resolves to an error whose `remote` says why.
 *
 * The targeting key is the distinct id; `groups` and `groupProperties` are what PostHog calls so; all other
 * attributes are properties of the person. Without a targeting key, flags resolve to TARGETING_KEY_MISSING.
 *
 * The version is `options.version`, else `unversioned`.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the text is not JSON or holds no definitions.
 */
export function compile(
  definitions: PosthogDefinitions | string,
  options: PosthogCompileOptions = {},
): PosthogRuleset {
  const sound =
    typeof definitions === 'string' ? parse(definitions) : requireDefinitions(definitions);
  return new ProjectRuleset(sound, options);
}

/**
 * What a read gives, as PostHog's OpenFeature providers have it: a boolean is whether the flag is on; a text
 * is its variant, and a number what the variant says as one; an object is its payload. Without a type: the
 * variant where there is one, else whether the flag is on. Flags that are off have nothing but that.
 */
export function select(
  { enabled, variant, payload }: Resolution,
  type: FlagValueType | undefined,
): FlagValue | undefined {
  if (type === 'boolean') return enabled;
  if (type === undefined) return variant ?? enabled;
  if (enabled !== true) return undefined;
  switch (type) {
    case 'string':
      return variant;
    case 'number':
      return numberOf(variant);
    case 'object':
      return isJsonObject(payload) || Array.isArray(payload) ? payload : undefined;
  }
}

function numberOf(variant: string | undefined): number | undefined {
  if (variant === undefined || variant.trim() === '') return undefined;
  const number = Number(variant);
  return Number.isFinite(number) ? number : undefined;
}

class ProjectRuleset implements PosthogRuleset {
  readonly source = 'posthog';
  readonly version: string;
  readonly flagKeys: readonly string[];
  readonly diagnostics: Diagnostic[] = [];
  readonly minimalFlagCalledEvents: boolean;
  private readonly project: Project;
  private bulk: BulkPlan | undefined = undefined;

  constructor(definitions: PosthogDefinitions, options: PosthogCompileOptions) {
    const { version = 'unversioned', previous, evaluationContexts = [] } = options;
    const { diagnostics } = this;
    const index = new DefinitionIndex(definitions, {
      evaluationContexts,
      report: (path, message) => diagnostics.push({ path, severity: 'error', message }),
    });
    this.version = version;
    this.flagKeys = index.flagKeys;
    this.minimalFlagCalledEvents = index.hasMinimalEvents;
    this.project = new Project(index, diagnostics);
    if (previous instanceof ProjectRuleset) this.project.adopt(previous.project);
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const flag = this.project.flag(key);
    if (flag === undefined) return flagNotFound(key);
    try {
      const distinctId = distinctIdOf(scope.context);
      if (distinctId === undefined) return withoutDistinctId(key);
      const { constantResolution } = flag;
      if (constantResolution !== undefined && scope.trace === undefined) return constantResolution;
      return flag.resolve(visitOf(scope, distinctId));
    } catch (thrown) {
      const message = `the context could not be read: ${messageOf(thrown)}`;
      return errorResolution('GENERAL', `flag "${key}": ${message}`);
    }
  }

  resolveAll(scope: EvaluationScope): readonly Resolution[] {
    try {
      const distinctId = distinctIdOf(scope.context);
      if (distinctId === undefined) return this.flagKeys.map(withoutDistinctId);
      this.bulk ??= new BulkPlan(this.project);
      return this.bulk.resolve(visitOf(scope, distinctId));
    } catch {
      // Flag by flag, so that those that need nothing of what cannot be read are not lost with it.
      return this.flagKeys.map((key) => this.resolve(key, scope));
    }
  }

  definitionOf(key: string): unknown {
    const { definitions } = this.project;
    const flag = definitions.flag(key);
    if (flag === undefined) return undefined;
    const related = [...this.project.reachableFrom(key)].map((reference) => [
      reference,
      definitions.written(reference),
    ]);
    return {
      flag,
      related: Object.fromEntries(related),
      groupTypes: definitions.groupTypes,
      matchingVersion: definitions.matchingVersion ?? null,
    };
  }

  outcomesOf(key: string): readonly FlagOutcome[] | undefined {
    const flag = this.project.definitions.flag(key);
    return flag && listOutcomes(() => listedOutcomes(flag));
  }
}

function withoutDistinctId(key: string): Resolution {
  const message = `flag "${key}" needs a targeting key, which is PostHog's distinct id`;
  return errorResolution('TARGETING_KEY_MISSING', message);
}

function visitOf(scope: EvaluationScope, distinctId: string): Visit {
  scope.state ??= new Visit(scope, distinctId);
  return scope.state as Visit;
}
