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
  flagOutcome,
  isJsonObject,
  listOutcomes,
  messageOf,
} from '@halyard/core';
import { BulkPlan } from './compile/bulk.ts';
import { Project } from './compile/project.ts';
import { isText, Visit } from './compile/visit.ts';
import type { MixpanelDefinitions } from './wire.ts';
import { parse, requireDefinitions } from './wire.ts';

/**
 * Compiles flag definitions, given as such or as their JSON text. Flags are indexed by key here; a flag is
 * compiled when it is first read. One bad flag never harms the others: it becomes a diagnostic and
 * resolves to PARSE_ERROR.
 *
 * The context is Mixpanel's own: `distinct_id`, `device_id` or a group's key, whichever field a flag names,
 * and `custom_properties` for the rules. The targeting key is none of them. A context without the field
 * that a flag names gives TARGETING_KEY_MISSING; a visitor whom no rollout takes leaves the flag to its
 * reader, with the reason DEFAULT.
 *
 * The version is `options.version`, else `unversioned`.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the text is not JSON or holds no definitions.
 */
export function compile(
  definitions: MixpanelDefinitions | string,
  options: CompileOptions = {},
): Ruleset {
  const sound =
    typeof definitions === 'string' ? parse(definitions) : requireDefinitions(definitions);
  return new ProjectRuleset(sound, options);
}

/**
 * What a read gives, as Mixpanel's OpenFeature provider has it: the variant's value where it is of the type
 * asked for, and nothing is converted. Lists are no objects.
 */
export function select(
  { value }: Resolution,
  type: FlagValueType | undefined,
): FlagValue | undefined {
  if (type === undefined) return value;
  if (type === 'object') return isJsonObject(value) ? (value as FlagValue) : undefined;
  return typeof value === type ? value : undefined;
}

class ProjectRuleset implements Ruleset {
  readonly source = 'mixpanel';
  readonly version: string;
  readonly flagKeys: readonly string[];
  readonly diagnostics: Diagnostic[] = [];
  private readonly project: Project;
  private bulk: BulkPlan | undefined = undefined;

  constructor(
    definitions: MixpanelDefinitions,
    { version = 'unversioned', previous }: CompileOptions,
  ) {
    this.version = version;
    this.project = new Project(definitions, this.diagnostics);
    this.flagKeys = this.project.flagKeys;
    if (previous instanceof ProjectRuleset) this.project.adopt(previous.project);
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const flag = this.project.flag(key);
    if (flag === undefined) return { ...flagNotFound(key), reason: 'DEFAULT' };
    try {
      const { constant, field } = flag;
      const isConstant = constant !== undefined && scope.trace === undefined;
      // Nearly all visitors are named by a text, and then there is nothing to find out.
      if (isConstant && isText(scope.context, field)) return constant;
      return flag.resolve(this.visitOf(scope));
    } catch (thrown) {
      const message = `the context could not be read: ${messageOf(thrown)}`;
      return errorResolution('GENERAL', `flag "${key}": ${message}`);
    }
  }

  resolveAll(scope: EvaluationScope): readonly (Resolution | undefined)[] {
    try {
      this.bulk ??= new BulkPlan(this.project);
      return this.bulk.resolve(this.visitOf(scope));
    } catch {
      // Flag by flag, so that those that need nothing of what cannot be read are not lost with it.
      return this.flagKeys.map((key) => {
        const resolution = this.resolve(key, scope);
        return resolution.variant === undefined ? undefined : resolution;
      });
    }
  }

  definitionOf(key: string): unknown {
    return this.project.definitionOf(key);
  }

  outcomesOf(key: string): readonly FlagOutcome[] | undefined {
    const flag = this.project.flag(key);
    if (flag === undefined || flag.error !== undefined) return undefined;
    return listOutcomes(() => flag.outcomes.all.map(flagOutcome));
  }

  private visitOf(scope: EvaluationScope): Visit {
    scope.state ??= new Visit(scope, this.project.names);
    return scope.state as Visit;
  }
}
