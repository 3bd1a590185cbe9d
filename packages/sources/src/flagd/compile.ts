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
import { DocumentCheck, SOUND } from './compile/check.ts';
import { Evaluators } from './compile/evaluators.ts';
import type { FlagSet } from './compile/flag.ts';
import { Flag } from './compile/flag.ts';
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
  /** Sound flags stay as they are written until they are read: most processes read few of them. */
  private readonly flags = new Map<string, Flag | FlagdFlag>();
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
        const known = this.flags.size;
        const found = check.flag(key, flag);
        const written = flag as FlagdFlag;
        this.flags.set(key, found === SOUND ? written : new Flag(key, written, found, this));
        if (this.flags.size === known) check.duplicate(key);
      },
      (index) => check.orphan(index),
    );
    this.flagKeys = [...this.flags.keys()];
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const flag = this.flags.get(key);
    if (flag === undefined) return flagNotFound(key, this.metadata);
    return (flag instanceof Flag ? flag : this.flagFrom(key, flag)).resolve(scope);
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

  private flagFrom(key: string, written: FlagdFlag): Flag {
    const flag = new Flag(key, written, SOUND, this);
    this.flags.set(key, flag);
    return flag;
  }

  private planBulk(): BulkPlan {
    const constants: (Resolution | undefined)[] = [];
    const evaluated: { flag: Flag; index: number }[] = [];
    for (const [key, known] of this.flags) {
      const flag = known instanceof Flag ? known : this.flagFrom(key, known);
      const { constant } = flag;
      if (constant === undefined) evaluated.push({ flag, index: constants.length });
      constants.push(constant?.value === undefined ? undefined : constant);
    }
    return { constants, evaluated };
  }
}
