import { isJsonObject } from '@halyard/core';
import type { PosthogDefinitions, PosthogFlag } from '../wire.ts';
import type { Reference } from './references.ts';
import { nameOf } from './written.ts';

/** What loading found that has no key, and so can harm no flag. */
export type ReportOrphan = (path: string, message: string) => void;

/** How definitions are loaded. */
export interface LoadOptions {
  /** Where flags are evaluated here; flags for other places are left out. Empty: all flags are kept. */
  readonly evaluationContexts: readonly string[];
  readonly report: ReportOrphan;
}

/** Definitions indexed by flags' keys. Loading looks at nothing else. */
export class DefinitionIndex {
  readonly flagKeys: readonly string[];
  readonly matchingVersion: unknown;
  readonly hasMinimalEvents: boolean;
  readonly cohortIds: readonly string[];
  readonly groupTypes: Readonly<Record<string, unknown>>;
  private readonly flags = new Map<string, PosthogFlag>();
  private readonly leftOut = new Set<string>();
  private readonly cohorts: Readonly<Record<string, unknown>>;

  constructor(definitions: PosthogDefinitions, { evaluationContexts, report }: LoadOptions) {
    const wanted = new Set(evaluationContexts);
    definitions.flags.forEach((flag, i) => {
      const key: unknown = isJsonObject(flag) ? flag.key : undefined;
      if (typeof key !== 'string') {
        report(`flags[${i}]`, 'expected a flag, an object with a `key`; it is left out');
      } else if (isEvaluatedIn(flag, wanted)) this.flags.set(key, flag);
      else this.leftOut.add(key);
    });
    this.flagKeys = [...this.flags.keys()];
    this.groupTypes = definitions.group_type_mapping ?? definitions.groupTypeMapping ?? {};
    this.cohorts = definitions.cohorts ?? {};
    this.cohortIds = Object.keys(this.cohorts);
    this.matchingVersion =
      definitions.property_matching_version ?? definitions.propertyMatchingVersion;
    this.hasMinimalEvents =
      (definitions.minimal_flag_called_events ?? definitions.minimalFlagCalledEvents) === true;
  }

  /** The flag as written; of several with one key the last. Undefined when there is none. */
  flag(key: string): PosthogFlag | undefined {
    return this.flags.get(key);
  }

  /** Whether a flag exists, but is not for here: to others it is false. */
  isLeftOut(key: string): boolean {
    return !this.flags.has(key) && this.leftOut.has(key);
  }

  /** Whether another flag may depend on such a flag. */
  isKnown(key: string): boolean {
    return this.flags.has(key) || this.leftOut.has(key);
  }

  /** The name of a group type; undefined when there is none of that index. */
  groupType(index: unknown): string | undefined {
    const name = nameOf(index);
    const type = Object.hasOwn(this.groupTypes, name) ? this.groupTypes[name] : undefined;
    return typeof type === 'string' && type !== '' ? type : undefined;
  }

  /** Whether a cohort can be evaluated here: those that are lists of persons cannot. */
  hasCohort(id: string): boolean {
    return Object.hasOwn(this.cohorts, id);
  }

  /** What a flag or a cohort is, as written; false for flags that are not for here, null for what is missing. */
  written(reference: Reference): unknown {
    const name = reference.slice(reference.indexOf(':') + 1);
    if (reference.startsWith('cohort:')) return this.cohort(name) ?? null;
    return this.flag(name) ?? (this.isLeftOut(name) ? false : null);
  }

  /** What a cohort consists of. */
  cohort(id: string): unknown {
    return this.hasCohort(id) ? this.cohorts[id] : undefined;
  }
}

function isEvaluatedIn(flag: PosthogFlag, wanted: ReadonlySet<string>): boolean {
  const contexts: unknown = flag.evaluation_contexts ?? flag.evaluation_tags;
  if (wanted.size === 0 || !Array.isArray(contexts) || contexts.length === 0) return true;
  return contexts.some((context) => wanted.has(context));
}
