import type {
  CompileOptions,
  Diagnostic,
  EvaluationScope,
  FlagMetadata,
  FlagValue,
  FlagValueType,
  Resolution,
  Ruleset,
} from '@halyard/core';
import { flagNotFound, flagValueType } from '@halyard/core';
import { DocumentCheck } from './check.ts';
import { Evaluators } from './evaluators.ts';
import type { FlagSet } from './flag.ts';
import { Flag } from './flag.ts';
import type { FlagdDocument, FlagdFlag } from './wire.ts';
import { eachFlag, mergeMetadata, parse, requireDocument } from './wire.ts';

/**
 * Compiles definitions, given as a document or as its JSON text. Flags are indexed and checked here;
 * a flag's targeting is compiled when it is first read. One bad flag never harms the others: it
 * becomes a diagnostic and resolves to PARSE_ERROR.
 *
 * The version is `options.version`, else the document's `metadata.version`, else `unversioned`.
 * Values that are objects are frozen when they are first read, since every visitor gets the same one.
 *
 * @throws HalyardError INVALID_DEFINITIONS when the text is not JSON or the document has no flags.
 */
export function compile(
  definitions: FlagdDocument | string,
  options: CompileOptions = {},
): Ruleset {
  const document =
    typeof definitions === 'string' ? parse(definitions) : requireDocument(definitions);
  return new FlagdRuleset(document, options);
}

/** What a read as `type` gives: the value when it is of that type, else nothing (TYPE_MISMATCH). */
export function select(
  { value }: Resolution,
  type: FlagValueType | undefined,
): FlagValue | undefined {
  return type === undefined || flagValueType(value) === type ? value : undefined;
}

const NO_METADATA: FlagMetadata = Object.freeze({});

/** What bulk evaluation does: copy what is the same for everybody, and evaluate the other flags. */
interface BulkPlan {
  readonly constants: readonly (Resolution | undefined)[];
  readonly evaluated: readonly { readonly flag: Flag; readonly index: number }[];
}

class FlagdRuleset implements Ruleset, FlagSet {
  readonly source = 'flagd';
  readonly version: string;
  readonly flagKeys: readonly string[];
  readonly diagnostics: Diagnostic[] = [];
  readonly metadata: FlagMetadata;
  readonly evaluators: Evaluators;
  private readonly flags = new Map<string, Flag>();
  private bulk: BulkPlan | undefined = undefined;

  constructor(document: FlagdDocument, options: CompileOptions) {
    const { version } = document.metadata ?? {};
    this.version = options.version ?? (typeof version === 'string' ? version : 'unversioned');
    this.metadata = mergeMetadata(NO_METADATA, document.metadata);
    this.evaluators = new Evaluators(document.$evaluators);
    const check = new DocumentCheck(this);
    check.document(document);
    eachFlag(
      document,
      (key, flag) => {
        if (this.flags.has(key)) check.duplicate(key);
        this.flags.set(key, new Flag(key, flag as FlagdFlag, check.flag(key, flag), this));
      },
      (index) => check.orphan(index),
    );
    this.flagKeys = [...this.flags.keys()];
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const flag = this.flags.get(key);
    return flag === undefined ? flagNotFound(key, this.metadata) : flag.resolve(scope);
  }

  resolveAll(scope: EvaluationScope): readonly (Resolution | undefined)[] {
    this.bulk ??= this.planBulk();
    // Room for what evaluators answer: in bulk, each is evaluated once for all flags that share it.
    scope.state ??= [];
    const resolutions = this.bulk.constants.slice();
    for (const { flag, index } of this.bulk.evaluated) {
      const resolution = flag.evaluate(scope);
      if (resolution.value !== undefined) resolutions[index] = resolution;
    }
    return resolutions;
  }

  private planBulk(): BulkPlan {
    const constants: (Resolution | undefined)[] = [];
    const evaluated: { flag: Flag; index: number }[] = [];
    for (const flag of this.flags.values()) {
      const { constant } = flag;
      if (constant === undefined) evaluated.push({ flag, index: constants.length });
      constants.push(constant?.value === undefined ? undefined : constant);
    }
    return { constants, evaluated };
  }
}
