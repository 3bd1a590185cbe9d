import type {
  CompileOptions,
  Diagnostic,
  EvaluationScope,
  FlagMetadata,
  FlagOutcome,
  FlagValue,
  FlagValueType,
  Resolution,
  Ruleset,
} from '@halyard/core';
import { flagNotFound, flagValueType, listOutcomes } from '@halyard/core';
import { DocumentCheck, SOUND } from './compile/check.ts';
import { Evaluators } from './compile/evaluators.ts';
import type { FlagCheck, FlagSet } from './compile/flag.ts';
import { Flag } from './compile/flag.ts';
import type { FlagdDocument, FlagdFlag } from './wire.ts';
import { flagsByKey, mergeMetadata, parse, requireDocument } from './wire.ts';

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
  /** The flags as written: the parsed document is itself an index, so loading builds no other. */
  private readonly written: Readonly<Record<string, unknown>>;
  /** What loading found out about flags that are not sound. */
  private readonly checks = new Map<string, FlagCheck>();
  /** The flags that have been read. */
  private readonly flags = new Map<string, Flag>();
  private bulk: BulkPlan | undefined = undefined;

  constructor(document: FlagdDocument, options: CompileOptions) {
    const { version } = document.metadata ?? {};
    this.version = options.version ?? (typeof version === 'string' ? version : 'unversioned');
    this.metadata = mergeMetadata(NO_METADATA, document.metadata);
    this.evaluators = new Evaluators(document.$evaluators);
    const check = new DocumentCheck(this);
    check.document(document);
    this.written = flagsByKey(document, check);
    this.flagKeys = Object.keys(this.written);
    this.checkFlags(check);
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const flag = this.flags.get(key) ?? this.firstRead(key);
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

  definitionOf(key: string): unknown {
    if (!Object.hasOwn(this.written, key)) return undefined;
    const { written, metadata, evaluators } = this;
    return { flag: written[key], metadata, evaluators: evaluators.usedBy(written[key]) };
  }

  outcomesOf(key: string): readonly FlagOutcome[] | undefined {
    return listOutcomes(() => (this.flags.get(key) ?? this.firstRead(key))?.outcomes);
  }

  /** Loading happens again and again: an iterator per flag would be as much garbage as the answers. */
  private checkFlags(check: DocumentCheck): void {
    const { flagKeys, written } = this;
    for (let i = 0; i < flagKeys.length; i++) {
      const key = flagKeys[i] as string;
      const found = check.flag(key, written[key]);
      if (found !== SOUND) this.checks.set(key, found);
    }
  }

  private firstRead(key: string): Flag | undefined {
    if (!Object.hasOwn(this.written, key)) return undefined;
    const definition = this.written[key] as FlagdFlag;
    const flag = new Flag(key, definition, this.checks.get(key) ?? SOUND, this);
    this.flags.set(key, flag);
    return flag;
  }

  private planBulk(): BulkPlan {
    const constants: (Resolution | undefined)[] = [];
    const evaluated: { flag: Flag; index: number }[] = [];
    for (const key of this.flagKeys) {
      const flag = this.flags.get(key) ?? this.firstRead(key);
      const constant = flag?.constant;
      if (flag !== undefined && constant === undefined) {
        evaluated.push({ flag, index: constants.length });
      }
      constants.push(constant?.value === undefined ? undefined : constant);
    }
    return { constants, evaluated };
  }
}
