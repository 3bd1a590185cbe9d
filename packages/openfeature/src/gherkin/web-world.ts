import { type EvaluationContext, encodeBootstrap, type FlagsBootstrap } from '@halyard/core';
import { createFlagClient, type FlagClient } from '@halyard/server';
import { flagdDefinitions } from '@halyard/sources/flagd';
import {
  type Client,
  type Hook,
  type JsonValue,
  OpenFeature,
  type EvaluationContext as WebContext,
} from '@openfeature/web-sdk';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardWebProvider } from '../web/index.ts';
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

/**
 * The web SDK with a HalyardWebProvider over values that a client resolves, as a server does: once at
 * the start, and anew for each context.
 */
export class WebWorld implements World {
  private readonly client: Client = OpenFeature.getClient();
  private readonly flags: FlagClient = createFlagClient({
    source: flagdDefinitions(readFlagFile()),
  });
  private apiContext: Attributes = {};
  private recorded: Attributes = {};

  async useProvider(kind: ProviderKind): Promise<void> {
    OpenFeature.setLogger(QUIET);
    await this.flags.ready();
    if (kind !== 'stable' && kind !== 'error') throw new Error(`no web provider is ${kind}`);
    const provider = new HalyardWebProvider(this.resolveAll({}), {
      refresh: (context) => {
        if (kind === 'error') throw new Error('the server is down');
        return this.resolveAll(context);
      },
    });
    OpenFeature.setProvider(provider);
    if (kind === 'error') await OpenFeature.setContext({ targetingKey: 'somebody' });
  }

  async useRecordingProvider(): Promise<void> {
    await this.flags.ready();
    const provider = new HalyardWebProvider(this.resolveAll({}), {
      refresh: (context) => {
        this.recorded = context as Attributes;
        return this.resolveAll(context);
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
    await OpenFeature.setContext({ ...this.apiContext, ...context } as WebContext);
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
    await this.flags.close();
  }

  private resolveAll(context: EvaluationContext): FlagsBootstrap {
    const snapshot = this.flags.snapshot(context);
    return encodeBootstrap(snapshot.version, snapshot.all());
  }
}
