import { type Emulator, serveApi } from '../emulator/emulator.ts';
import type { PosthogEmulatorOptions, PosthogQuota } from './options.ts';
import { Project } from './project.ts';
import type { PosthogRoute } from './routes.ts';
import { FEATURE_FLAG_CALLED, type PosthogDefinitionsLike, type PosthogEvent } from './wire.ts';

/** A PostHog of one test, or of a demo: the real protocol over real HTTP, kept in memory. */
export interface PosthogEmulator extends Emulator<PosthogRoute> {
  /** What PostHog's SDKs call the host: `http://127.0.0.1:port`, without a slash at the end. */
  readonly host: string;
  readonly projectKey: string;
  /** May read the definitions. */
  readonly secretKey: string;
  /** Belongs to the project, but may not read the definitions. */
  readonly unscopedKey: string;
  /** What is being served. */
  readonly definitions: PosthogDefinitionsLike;
  /** Serves other definitions; they have another ETag unless they say the same. */
  publish(
    definitions:
      | PosthogDefinitionsLike
      | ((definitions: PosthogDefinitionsLike) => PosthogDefinitionsLike),
  ): void;
  /**
   * Lets the project have used up these quotas, and only these. Without `feature_flags`, definitions
   * are answered 402, and `/flags/` without a flag; without `events`, batches are accepted and thrown
   * away.
   */
  setQuotaLimited(quotas: readonly PosthogQuota[]): void;
  /**
   * The newest 10,000 events of all batches, oldest first, each once: of events with the same uuid,
   * day, name and distinct id, only the first is here.
   */
  readonly events: readonly PosthogEvent[];
  /** Those of {@link events} that are exposures. */
  readonly exposures: readonly PosthogEvent[];
  /** The newest 10,000 events that came although {@link events} had them, oldest first. */
  readonly duplicates: readonly PosthogEvent[];
  /** Resolves with all events as they came, duplicates included, once there were at least `count`. */
  eventsReceived(count: number): Promise<readonly PosthogEvent[]>;
}

/** Starts an emulator on 127.0.0.1. */
export async function startPosthogEmulator(
  options: PosthogEmulatorOptions,
): Promise<PosthogEmulator> {
  const project = new Project(options);
  const { publication, keys } = project;
  const events = project.events.log;
  const { url, common } = await serveApi(project.api, options.port);
  return {
    ...common,
    host: url,
    projectKey: keys.project,
    secretKey: keys.secret,
    unscopedKey: keys.unscoped,
    get definitions() {
      return publication.definitions;
    },
    publish: (definitions) => project.publish(definitions),
    setQuotaLimited: (quotas) => project.limit(quotas),
    events: events.unique.entries,
    get exposures() {
      return events.unique.entries.filter(({ event }) => event === FEATURE_FLAG_CALLED);
    },
    duplicates: events.duplicates.entries,
    eventsReceived: (count) => events.all.reached(count),
  };
}
