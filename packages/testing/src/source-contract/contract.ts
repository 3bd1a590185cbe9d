import type {
  EvaluationContext,
  FlagSource,
  FlagValue,
  FlagValueType,
  Ruleset,
  Snapshot,
} from '@halyard/core';
import type { ExpectStatic } from 'vitest';

/** What vitest gives a test file; passed in, so that the other parts of the kit run without it. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => void) => unknown;
  readonly expect: ExpectStatic;
}

/** The cases of the contract, by name. */
export type ContractCase =
  | 'total-reads'
  | 'unknown-keys'
  | 'own-attributes'
  | 'bulk'
  | 'purity'
  | 'isolation'
  | 'typed-reads'
  | 'explanations'
  | 'outcomes'
  | 'versions'
  | 'diagnostics'
  | 'broken-documents';

/** A read whose outcome the backend's fixtures determine. */
export interface TypedRead {
  readonly flagKey: string;
  /** Default: the first of the contract's contexts. */
  readonly context?: EvaluationContext;
  /** What the flag is read as; undefined accepts any type. */
  readonly type: FlagValueType | undefined;
  /** What `select` gives; undefined when the flag has nothing of that type. */
  readonly value: FlagValue | undefined;
}

/** Definitions of which one flag is wrong. */
export interface FaultyDefinitions<Definitions> {
  readonly definitions: Definitions;
  /** The flag that is wrong. */
  readonly flagKey: string;
  /** Where its diagnostic must point, such as `targeting.if[0]`. */
  readonly path: string;
  /** Flags of the same definitions that must resolve as if nothing were wrong. */
  readonly neighbours: readonly string[];
}

/** What a backend brings to the contract. */
export interface SourceContract<Definitions> {
  readonly source: FlagSource<Definitions>;
  /** Sound definitions: flags of every type, plain and with rules, disabled ones too. */
  readonly definitions: Definitions;
  /** Contexts for which the flags resolve differently; at least two. */
  readonly contexts: readonly EvaluationContext[];
  /** Unix milliseconds that rules see. Default: 2026-01-01T00:00:00Z. */
  readonly now?: number;
  /** Reads of every type the backend has, mismatches included. */
  readonly reads: readonly TypedRead[];
  /** The version that `definitions` carry themselves. Default: none. */
  readonly ownVersion?: string;
  readonly faulty: readonly FaultyDefinitions<Definitions>[];
  /** Documents by what is wrong with them, on top of {@link NO_DOCUMENTS}; parsing must refuse them. */
  readonly broken: Readonly<Record<string, string>>;
  /** Turns a document into definitions. Default: the source's own parse; needed for inline ones. */
  readonly parse?: (text: string) => Definitions;
  /** Cases that cannot hold for this backend, each with the reason why. */
  readonly doesNotApply?: Readonly<Partial<Record<ContractCase, string>>>;
}

/** Texts that are no document in any format. */
export const NO_DOCUMENTS: Readonly<Record<string, string>> = {
  nothing: '',
  'white space': ' \n',
  'the beginning of a document': '{"flags":{"a"',
  null: 'null',
  'a number': '42',
  'a string': '"flags"',
  'a web page': '<!doctype html><title>Sign in</title>',
  'a zero byte': '\u0000',
};

/** What a case works with. */
export interface Subject<Definitions> extends SourceContract<Definitions> {
  readonly now: number;
  readonly expect: ExpectStatic;
  /** The compiled sound definitions, anew on every call. */
  compile(): Ruleset;
  /** A view of the sound definitions, compiled anew. */
  snapshot(context: EvaluationContext): Snapshot;
}

/** One case: what must hold, as a sentence, and the check of it. */
export interface Case {
  readonly title: string;
  readonly check: <Definitions>(subject: Subject<Definitions>) => void;
}
