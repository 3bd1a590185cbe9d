import {
  bootstrapEntry,
  type EvaluationContext,
  encodeBootstrap,
  type FlagsBootstrap,
} from '@halyard/core';
import { createFlagClient, type FlagClient } from '@halyard/server';
import {
  type Client,
  type Hook,
  type JsonValue,
  OpenFeature,
  type EvaluationContext as WebContext,
} from '@openfeature/web-sdk';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardWebProvider } from '../web/index.ts';
import type { SpecBackend } from './backends.ts';
import { readFlagFile } from './flag-file.ts';
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

/**
 * The web SDK with a HalyardWebProvider over values that a client resolves, as a server does: once at
 * the start, and anew for each context.
 */
export class WebWorld implements World {
  readonly backend: SpecBackend;
  private readonly client: Client = OpenFeature.getClient();
  private readonly cleanUps: (() => Promise<unknown>)[] = [];
  private apiContext: Attributes = {};
  private recorded: Attributes = {};

  constructor(backend: SpecBackend) {
    this.backend = backend;
  }

  async useProvider(kind: ProviderKind): Promise<void> {
    OpenFeature.setLogger(QUIET);
    if (kind !== 'stable' && kind !== 'error') throw new Error(`no web provider is ${kind}`);
    const flags = await this.start();
    const nobody = this.backend.contextOf(SOMEBODY);
    const provider = new HalyardWebProvider(await resolveAll(flags, nobody), {
      refresh: (context) => {
        if (kind === 'error') throw new Error('the server is down');
        return resolveAll(flags, context);
      },
    });
    OpenFeature.setProvider(provider);
    if (kind === 'error') await OpenFeature.setContext({ targetingKey: 'somebody' });
  }

  async useRecordingProvider(): Promise<void> {
    const flags = await this.start();
    const provider = new HalyardWebProvider(await resolveAll(flags, {}), {
      refresh: (context) => {
        this.recorded = context as Attributes;
        return resolveAll(flags, context);
      },
    });
    OpenFeature.setProvider(provider);
  }

  recordedContext(): Attributes {
    return this.recorded;
  }

  status(): string {
    return this.client.providerStatus;
  }

  addContext(level: ContextLevel, entries: Attributes): void {
    if (level !== 'API') throw new Error(`the web SDK has no context at the ${level} level`);
    this.apiContext = { ...this.apiContext, ...entries };
  }

  addClientHook(hook: WatchingHook): void {
    this.client.addHooks(hook as unknown as Hook);
  }

  async evaluate({ type, flagKey, defaultValue, context, hooks }: Evaluation): Promise<Details> {
    const { client } = this;
    const options = { hooks: hooks as unknown as Hook[] };
    const given = { ...this.apiContext, ...this.backend.contextOf(SOMEBODY, context) };
    await OpenFeature.setContext(given as WebContext);
    switch (type) {
      case 'boolean':
        return client.getBooleanDetails(flagKey, defaultValue as boolean, options);
      case 'string':
        return client.getStringDetails(flagKey, defaultValue as string, options);
      case 'object':
        return client.getObjectDetails(flagKey, defaultValue as JsonValue, options);
      default:
        return client.getNumberDetails(flagKey, defaultValue as number, options);
    }
  }

  async close(): Promise<void> {
    await OpenFeature.clearProviders();
    await OpenFeature.clearContexts();
    for (const cleanUp of this.cleanUps) await cleanUp();
  }

  private async start(): Promise<FlagClient> {
    const running = await this.backend.start(readFlagFile());
    const flags = createFlagClient({ source: running.local, logger: QUIET });
    this.cleanUps.push(
      () => flags.close(),
      () => running.close(),
    );
    await flags.ready();
    return flags;
  }
}

/** What a server sends for a context. */
async function resolveAll(flags: FlagClient, context: EvaluationContext): Promise<FlagsBootstrap> {
  const { select } = flags.source;
  const visitor = await flags.snapshot(context).complete();
  const entries = Array.from(visitor.all(), ([key, flag]) => bootstrapEntry(key, flag, select));
  return encodeBootstrap(visitor.version, entries);
}
