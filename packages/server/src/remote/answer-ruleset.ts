import {
  type Diagnostic,
  errorResolution,
  type FlagSource,
  flagNotFound,
  type Resolution,
  type Ruleset,
} from '@halyard/core';
import { absentResolution } from '../snapshot/missing.ts';

/** One answer of a backend that evaluates. */
export interface RemoteAnswer {
  readonly source: FlagSource;
  readonly version: string;
  readonly flags: ReadonlyMap<string, Resolution>;
  /** The keys asked for; undefined for all of them. */
  readonly asked: readonly string[] | undefined;
}

/** What a backend answered, as a ruleset: nothing is left to evaluate, whatever the context. */
export class AnswerRuleset implements Ruleset {
  readonly source: string;
  readonly version: string;
  readonly flagKeys: readonly string[];
  readonly diagnostics: readonly Diagnostic[] = [];
  private readonly answer: RemoteAnswer;

  constructor(answer: RemoteAnswer) {
    this.answer = answer;
    this.source = answer.source.name;
    this.version = answer.version;
    this.flagKeys = [...answer.flags.keys()];
  }

  resolve(key: string): Resolution {
    const { source, flags, asked } = this.answer;
    const resolution = flags.get(key);
    if (resolution !== undefined) return resolution;
    if (asked !== undefined && !asked.includes(key)) return notAskedFor(key);
    return absentResolution(source, key) ?? flagNotFound(key);
  }

  resolveAll(): readonly Resolution[] {
    return [...this.answer.flags.values()];
  }
}

function notAskedFor(key: string): Resolution {
  const message = `flag "${key}" was not asked for. Add it to the \`keys\` given to \`client.load\`.`;
  return errorResolution('GENERAL', message);
}
