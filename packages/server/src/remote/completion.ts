import {
  type ErrorCode,
  type EvaluationContext,
  type EvaluationScope,
  errorResolution,
  type FlagOutcome,
  type FlagSource,
  type HttpRequest,
  messageOf,
  type RemoteEvaluation,
  type Resolution,
  type Ruleset,
} from '@halyard/core';
import type { ClientStatus } from '../client.ts';
import { unsendableContext } from '../snapshot/unavailability.ts';
import type { Transport } from '../transport.ts';
import { type Warnings, warning } from '../warnings.ts';

/** What the completion needs of its client. */
export interface CompletionOptions {
  readonly source: FlagSource;
  readonly remote: RemoteEvaluation;
  readonly transport: Transport;
  readonly warnings: Warnings;
}

/** The flags of one visitor that the definitions at hand do not decide. */
export interface OpenQuestion {
  readonly context: EvaluationContext;
  readonly keys: readonly string[];
  /** Milliseconds. */
  readonly deadline: number;
}

/**
 * Has the backend decide what local definitions cannot: one request for all such flags of a visitor. What
 * was decided locally stays as it is.
 */
export class Completion {
  private readonly options: CompletionOptions;
  private counts = { requests: 0, failed: 0 };

  constructor(options: CompletionOptions) {
    this.options = options;
  }

  get status(): Pick<ClientStatus, 'remote'> {
    return { remote: { ...this.counts } };
  }

  /** What the backend answers, or the error for every flag asked about. Never rejects. */
  async answer(question: OpenQuestion): Promise<ReadonlyMap<string, Resolution>> {
    const { remote, source, warnings } = this.options;
    const { context, keys } = question;
    let request: HttpRequest;
    try {
      request = remote.request(context, keys);
    } catch (thrown) {
      // A topic of its own, which is never settled: the next visitor's context says nothing of this one's.
      warnings.once(
        'completion context',
        warning(source.name, 'flags could not be decided', thrown),
      );
      const { errorCode, errorMessage } = unsendableContext(thrown);
      return errorsFor(keys, errorCode, errorMessage);
    }
    return this.ask(request, question);
  }

  private async ask(
    request: HttpRequest,
    { context, keys, deadline }: OpenQuestion,
  ): Promise<ReadonlyMap<string, Resolution>> {
    const { remote, transport, source, warnings } = this.options;
    this.counts.requests++;
    try {
      const response = await transport.send(request, { within: deadline });
      const answers = new Map(remote.parse(response, context));
      warnings.settle('completion');
      return answers;
    } catch (thrown) {
      this.counts.failed++;
      warnings.once('completion', warning(source.name, 'flags could not be decided', thrown));
      return errorsFor(keys, 'GENERAL', `the backend did not answer: ${messageOf(thrown)}`);
    }
  }
}

function errorsFor(keys: readonly string[], code: ErrorCode, why: string): Map<string, Resolution> {
  const message = `cannot be decided from the definitions, and ${why}`;
  return new Map(keys.map((key) => [key, errorResolution(code, `flag "${key}" ${message}`)]));
}

/** A visitor's ruleset with the backend's answers in place of what was not decided. */
export class CompletedRuleset implements Ruleset {
  readonly source: string;
  readonly version: string;
  readonly flagKeys: readonly string[];
  readonly diagnostics: Ruleset['diagnostics'];
  private readonly local: Ruleset;
  private readonly answers: ReadonlyMap<string, Resolution>;

  constructor(local: Ruleset, answers: ReadonlyMap<string, Resolution>) {
    this.local = local;
    this.answers = answers;
    this.source = local.source;
    this.version = local.version;
    this.flagKeys = local.flagKeys;
    this.diagnostics = local.diagnostics;
  }

  resolve(key: string, scope: EvaluationScope): Resolution {
    const local = this.local.resolve(key, scope);
    return local.remote === undefined ? local : (this.answers.get(key) ?? local);
  }

  resolveAll(scope: EvaluationScope): readonly (Resolution | undefined)[] {
    return this.local
      .resolveAll(scope)
      .map((local, i) =>
        local?.remote === undefined ? local : (this.answers.get(this.flagKeys[i] ?? '') ?? local),
      );
  }

  outcomesOf(key: string): readonly FlagOutcome[] | undefined {
    return this.local.outcomesOf?.(key);
  }
}
