import { randomUUID } from 'node:crypto';
import type {
  FlagDefinitionCacheBinding,
  FlagDefinitionCacheEntry,
  FlagDefinitionCacheProvider,
  FlagDefinitionStamp,
  HalyardError,
} from '@halyard/core';
import { LEAD } from '../lease-scripts.ts';
import { RedisLink } from '../link.ts';
import type { RedisScript } from '../script.ts';
import { Subscription } from '../subscription.ts';
import { ageOf, decodeEntry, encodeValidator } from './entry.ts';
import { type CacheKeys, cacheKeys } from './keys.ts';
import { CONFIRM, READ, STORE } from './scripts.ts';
import {
  type DefinitionCacheSettings,
  type Durations,
  durationsFor,
  misbound,
} from './settings.ts';
import { FAIL, LEAVE, TAKE_TURN } from './turn-scripts.ts';

/** The most bytes of definitions that are read. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What belongs to the client that is served. */
interface Session {
  readonly keys: CacheKeys;
  readonly durations: Durations;
  readonly now: () => number;
  readonly link: RedisLink;
}

/**
 * One worker's part in sharing definitions. Whoever has the lease fetches. With it comes a fencing token,
 * higher than any before; Redis refuses writes with a token older than the newest one given out.
 */
export class RedisDefinitionCache implements FlagDefinitionCacheProvider {
  readonly name = 'redis';
  private readonly settings: DefinitionCacheSettings;
  /** Tells this worker apart from all others. */
  private readonly owner = randomUUID();
  private bound: Session | undefined;
  private subscription: Subscription | undefined;
  /** The token of the lease that was last taken; undefined when it was given back, or is another's. */
  private token: string | undefined;
  /** How many fetches in a row had failed by then, whoever made them. */
  private failures = 0;

  constructor(settings: DefinitionCacheSettings) {
    this.settings = settings;
  }

  bind(binding: FlagDefinitionCacheBinding): void {
    if (this.bound !== undefined) throw misbound('serves one client, and was given to two');
    const { connection } = this.settings;
    const durations = durationsFor(this.settings, binding);
    const keys = cacheKeys(connection.keyPrefix, binding.sourceName, binding.sourceId);
    this.bound = { keys, durations, now: binding.now, link: new RedisLink(connection) };
  }

  async shouldFetchFlagDefinitions(): Promise<boolean> {
    const { keys, durations } = this.session;
    void this.subscription?.check();
    const args = [this.owner, durations.lease, durations.ttl];
    const turn = await this.run(TAKE_TURN, [keys.lease, keys.token, keys.failures], args);
    const [token, failures] = Array.isArray(turn) ? turn : [];
    this.token = typeof token === 'string' ? token : undefined;
    this.failures = Number(failures ?? 0);
    return this.token !== undefined;
  }

  async getFlagDefinitions(): Promise<unknown> {
    return (await this.getFlagDefinitionsEntry(undefined))?.data;
  }

  async getFlagDefinitionsEntry(
    held: FlagDefinitionStamp | undefined,
  ): Promise<FlagDefinitionCacheEntry | undefined> {
    const { keys, now } = this.session;
    const reply = await this.run(READ, [keys.entry], [held?.digest ?? '', MAX_BYTES]);
    return decodeEntry(reply, now());
  }

  async onFlagDefinitionsReceived(
    data: unknown,
    stamp: FlagDefinitionStamp,
  ): Promise<number | false> {
    const { keys, durations, now } = this.session;
    // Without a token Redis could not be asked for one; by now it may answer, and say who fetches.
    if (this.token === undefined && !(await this.takeLease())) return false;
    const generation = await this.run(
      STORE,
      [keys.entry, keys.token, keys.failures],
      [
        this.token ?? '',
        durations.ttl,
        this.owner,
        keys.channel,
        JSON.stringify(data),
        stamp.digest,
        encodeValidator(stamp),
        ageOf(stamp, now()),
        stamp.generation ?? 0,
      ],
    );
    if (typeof generation === 'string') return Number(generation);
    this.token = undefined;
    return false;
  }

  async onFlagDefinitionsUnchanged(stamp: FlagDefinitionStamp): Promise<boolean | undefined> {
    const { keys, durations, now } = this.session;
    if (this.token === undefined) return undefined;
    const { ttl } = durations;
    const args = [this.token, ttl, stamp.digest, encodeValidator(stamp), ageOf(stamp, now())];
    const reply = await this.run(CONFIRM, [keys.entry, keys.token, keys.failures], args);
    if (typeof reply === 'number') return reply === 1;
    this.token = undefined;
    return undefined;
  }

  async onFlagDefinitionsFetchFailed(
    _error: HalyardError,
    pauseAfter: (failures: number) => number,
  ): Promise<void> {
    const { keys, durations } = this.session;
    if (this.token === undefined) return;
    this.token = undefined;
    const failures = this.failures + 1;
    const pause = Math.ceil(Math.min(pauseAfter(failures), durations.ttl));
    await this.run(
      FAIL,
      [keys.lease, keys.failures],
      [this.owner, durations.lease, pause, failures],
    );
  }

  async mayFetchFlagDefinitions(): Promise<boolean> {
    const { keys, link } = this.session;
    // What is known of failures is there for as long as somebody may still be trying again.
    return (await link.run((redis) => redis.pttl(keys.failures))) < 0;
  }

  subscribe(listener: () => void): () => void {
    const { channel } = this.session.keys;
    const subscription = new Subscription({
      settings: this.settings.connection,
      channel,
      onMessage: (owner) => {
        if (owner !== this.owner) listener();
      },
      onConnected: listener,
    });
    this.subscription = subscription;
    return () => subscription.close();
  }

  /** Gives the lease back and closes the connections. After that another client can be served. */
  async shutdown(): Promise<void> {
    const session = this.bound;
    this.bound = undefined;
    this.subscription?.close();
    this.subscription = undefined;
    if (session === undefined) return;
    try {
      await this.release(session);
    } catch {
      // Redis is down; the lease ends by itself.
    } finally {
      session.link.close();
    }
  }

  /** Takes the lease, whether or not the fleet pauses: whoever has fetched may end that. */
  private async takeLease(): Promise<boolean> {
    const { keys, durations } = this.session;
    const args = [this.owner, durations.lease, durations.ttl];
    const token = await this.run(LEAD, [keys.lease, keys.token], args);
    this.token = typeof token === 'string' ? token : undefined;
    return this.token !== undefined;
  }

  private async release({ keys, link }: Session): Promise<void> {
    if (this.token === undefined) return;
    this.token = undefined;
    await link.run((redis) => LEAVE.run(redis, [keys.lease, keys.failures], [this.owner]));
  }

  private run(
    script: RedisScript,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    return this.session.link.run((redis) => script.run(redis, keys, args));
  }

  private get session(): Session {
    if (this.bound === undefined) throw misbound('serves no client yet, or no longer');
    return this.bound;
  }
}
