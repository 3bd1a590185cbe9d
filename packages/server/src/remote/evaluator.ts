import {
  type EvaluationContext,
  type FlagSource,
  HalyardError,
  type HttpRequest,
  isHalyardError,
  messageOf,
  type RemoteEvaluation,
  type Resolution,
  type Ruleset,
} from '@halyard/core';
import type { ClientState, ClientStatus } from '../client.ts';
import { Announcer, type AnnouncerOptions } from '../definitions/announcer.ts';
import type { DefinitionsKeeper } from '../definitions/keeper.ts';
import {
  CLOSED,
  notEvaluated,
  type Unavailability,
  unsendableContext,
} from '../snapshot/unavailability.ts';
import type { Transport } from '../transport.ts';
import { AnswerRuleset } from './answer-ruleset.ts';

/** What the evaluator needs of its client. */
export interface RemoteEvaluatorOptions extends AnnouncerOptions {
  readonly remote: RemoteEvaluation;
  readonly transport: Transport;
  /** Holds the fallback definitions, and no others. */
  readonly definitions: DefinitionsKeeper;
}

/** What is evaluated, and how long it may take in milliseconds. */
export interface RemoteQuery {
  readonly context: EvaluationContext;
  /** Undefined for every flag. */
  readonly keys: readonly string[] | undefined;
  readonly deadline: number;
}

/** What reads are to be answered from, or why there is nothing. */
export type RemoteOutcome = { readonly ruleset: Ruleset } | Unavailability;

/** Has the backend evaluate: a request for each visitor, and a state made of how the last one went. */
export class RemoteEvaluator {
  private readonly options: RemoteEvaluatorOptions;
  private readonly source: FlagSource;
  private readonly announcer: Announcer;
  private counts = { requests: 0, failed: 0 };
  private lastError: HalyardError | undefined;
  private closed = false;

  constructor(options: RemoteEvaluatorOptions) {
    this.options = options;
    this.source = options.settings.source;
    this.announcer = new Announcer(options, () => this.state, 'ready');
  }

  /** What a client's status says otherwise than that of the fallback definitions. */
  get status(): Partial<ClientStatus> {
    const { state, lastError } = this;
    const remote = { ...this.counts };
    const isFallback = lastError !== undefined && this.options.definitions.store.held !== undefined;
    if (this.closed || isFallback) return { state, lastError, remote };
    const isAnswering = lastError === undefined && this.counts.requests > 0;
    const origin = isAnswering ? 'source' : undefined;
    return { state, lastError, remote, origin, version: 'remote', flagCount: 0 };
  }

  /** Makes one request, and falls back where it fails and there is something to fall back to. */
  async evaluate({ context, keys, deadline }: RemoteQuery): Promise<RemoteOutcome> {
    const { remote, definitions } = this.options;
    const endsAt = performance.now() + deadline;
    let request: HttpRequest;
    try {
      request = remote.request(context, keys);
    } catch (thrown) {
      return unsendableContext(thrown);
    }
    const answer = await this.ask(request, { context, keys, deadline });
    if (!isHalyardError(answer)) return { ruleset: answer };
    if (this.closed) return CLOSED;
    await definitions.ready(Math.max(0, endsAt - performance.now()));
    const { ruleset } = definitions.store;
    return ruleset === undefined ? notEvaluated(answer) : { ruleset };
  }

  close(): void {
    this.closed = true;
    this.announcer.stop();
  }

  private get state(): ClientState {
    if (this.closed) return 'closed';
    return this.lastError === undefined ? 'ready' : 'error';
  }

  /** The backend's answer, or what it failed with. */
  private async ask(request: HttpRequest, query: RemoteQuery): Promise<Ruleset | HalyardError> {
    this.counts.requests++;
    try {
      const response = await this.options.transport.send(request, { within: query.deadline });
      const ruleset = new AnswerRuleset({
        source: this.source,
        version: `remote:${response.digest.slice(0, 16)}`,
        flags: new Map<string, Resolution>(this.options.remote.parse(response, query.context)),
        asked: query.keys,
      });
      this.lastError = undefined;
      if (!this.closed) this.announcer.succeeded();
      return ruleset;
    } catch (thrown) {
      return this.fail(thrown);
    }
  }

  private fail(thrown: unknown): HalyardError {
    const message = `the answer was not understood: ${messageOf(thrown)}`;
    const error = isHalyardError(thrown)
      ? thrown
      : new HalyardError(this.source.name, 'REQUEST_FAILED', message);
    this.counts.failed++;
    // What closing breaks off is no failure of the backend's.
    if (this.closed) return error;
    this.lastError = error;
    this.announcer.failed(error);
    return error;
  }
}
