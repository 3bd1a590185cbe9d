import { createFlagClient } from '@halyard/server';
import {
  AsyncLocalStorageTransactionContextPropagator,
  type Client,
  type EvaluationContext,
  type FlagEvaluationOptions,
  type Hook,
  type JsonValue,
  OpenFeature,
} from '@openfeature/server-sdk';
import type { RunningBackend } from '../fixtures/backends/backend.ts';
import { nextEvent } from '../fixtures/next-event.ts';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardServerProvider } from '../server/index.ts';
import type { SpecBackend } from './backends.ts';
import { readFlagFile } from './flag-file.ts';
import { recordingSource } from './recording-source.ts';
import type {
  Attributes,
  ContextLevel,
  Details,
  Evaluation,
  ProviderKind,
  WatchingHook,
  World,
} from './world.ts';
import { SOMEBODY } from './world.ts';

/** The server SDK with a HalyardServerProvider over a client over a backend's definitions. */
export class ServerWorld implements World {
  readonly backend: SpecBackend;
  private readonly client: Client = OpenFeature.getClient();
  private readonly context: Record<ContextLevel, Attributes> = {
    API: {},
    Transaction: {},
    Client: {},
    Invocation: {},
    'Before Hooks': {},
  };
  private readonly cleanUps: (() => Promise<unknown>)[] = [];
  private recorded: EvaluationContext = {};

  constructor(backend: SpecBackend) {
    this.backend = backend;
  }

  async useProvider(kind: ProviderKind): Promise<void> {
    OpenFeature.setLogger(QUIET);
    await this.providers[kind]();
  }

  async useRecordingProvider(): Promise<void> {
    const source = recordingSource((context) => {
      this.recorded = context as EvaluationContext;
    });
    await OpenFeature.setProviderAndWait(new HalyardServerProvider({ source, logger: QUIET }));
  }

  recordedContext(): Attributes {
    return this.recorded as Attributes;
  }

  status(): string {
    return this.client.providerStatus;
  }

  addContext(level: ContextLevel, entries: Attributes): void {
    this.context[level] = { ...this.context[level], ...entries };
  }

  addClientHook(hook: WatchingHook): void {
    this.client.addHooks(hook as unknown as Hook);
  }

  evaluate({ context, hooks, ...read }: Evaluation): Promise<Details> {
    const { API, Transaction, Client: client, Invocation, 'Before Hooks': before } = this.context;
    OpenFeature.setContext(API as EvaluationContext);
    OpenFeature.setTransactionContextPropagator(
      new AsyncLocalStorageTransactionContextPropagator(),
    );
    this.client.setContext(client as EvaluationContext);
    if (Object.keys(before).length > 0) {
      this.client.addHooks({ before: () => before as EvaluationContext });
    }
    const invocation = (
      Object.keys(Invocation).length > 0 ? Invocation : this.backend.contextOf(SOMEBODY, context)
    ) as EvaluationContext;
    const options = { hooks: hooks as unknown as Hook[] };
    let details: Promise<Details> | undefined;
    OpenFeature.setTransactionContext(Transaction as EvaluationContext, () => {
      details = this.read(read, invocation, options);
    });
    return details ?? Promise.reject(new Error('the transaction did not run'));
  }

  async close(): Promise<void> {
    await OpenFeature.clearProviders();
    OpenFeature.setContext({});
    for (const cleanUp of this.cleanUps) await cleanUp();
  }

  private read(
    { type, flagKey, defaultValue }: Pick<Evaluation, 'type' | 'flagKey' | 'defaultValue'>,
    context: EvaluationContext,
    options: FlagEvaluationOptions,
  ): Promise<Details> {
    const { client } = this;
    switch (type) {
      case 'boolean':
        return client.getBooleanDetails(flagKey, defaultValue as boolean, context, options);
      case 'string':
        return client.getStringDetails(flagKey, defaultValue as string, context, options);
      case 'object':
        return client.getObjectDetails(flagKey, defaultValue as JsonValue, context, options);
      default:
        return client.getNumberDetails(flagKey, defaultValue as number, context, options);
    }
  }

  private readonly providers: Readonly<Record<ProviderKind, () => Promise<void>>> = {
    stable: async () => {
      const { local: source } = await this.start();
      await OpenFeature.setProviderAndWait(new HalyardServerProvider({ source, logger: QUIET }));
    },
    // Its definitions are being fetched, and the answer does not come.
    'not ready': async () => {
      const running = await this.start();
      running.failDefinitions({ fault: 'hang' });
      const { local: source } = running;
      OpenFeature.setProvider(new HalyardServerProvider({ source, logger: QUIET }));
      await running.definitionsAsked();
    },
    // Its definitions cannot be fetched.
    error: async () => {
      const running = await this.start();
      running.failDefinitions({ status: 503 });
      const { local: source } = running;
      const provider = new HalyardServerProvider({ source, logger: QUIET, readyTimeout: 20 });
      await OpenFeature.setProviderAndWait(provider).catch(() => {});
    },
    // Its client was closed by whoever owns it.
    fatal: async () => {
      const { local: source } = await this.start();
      const client = createFlagClient({ source, logger: QUIET });
      await client.close();
      await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client })).catch(() => {});
    },
    // Its definitions arrived once, and could not be confirmed since.
    stale: async () => {
      const running = await this.start();
      const provider = new HalyardServerProvider({
        source: running.local,
        refresh: { interval: 20, staleAfter: 40 },
        logger: QUIET,
      });
      const stale = nextEvent(provider.events, 'PROVIDER_STALE');
      await OpenFeature.setProviderAndWait(provider);
      running.failDefinitions({ status: 503 });
      await stale;
    },
  };

  private async start(): Promise<RunningBackend> {
    const running = await this.backend.start(readFlagFile());
    this.cleanUps.push(() => running.close());
    return running;
  }
}
