import { type Emulator, serveApi } from '../emulator/emulator.ts';
import type { MixpanelEmulatorOptions, MixpanelServiceAccount } from './options.ts';
import { Project } from './project.ts';
import type { MixpanelRoute } from './routes.ts';
import { EXPERIMENT_STARTED, type MixpanelDefinitionsLike, type MixpanelEvent } from './wire.ts';

/** A Mixpanel of one test, or of a demo: the real protocol over real HTTP, kept in memory. */
export interface MixpanelEmulator extends Emulator<MixpanelRoute> {
  /** Where the API is: `http://127.0.0.1:port`, without a slash at the end. */
  readonly apiHost: string;
  readonly token: string;
  readonly serviceAccount: MixpanelServiceAccount;
  /** What is being served. */
  readonly definitions: MixpanelDefinitionsLike;
  /** Serves other definitions. */
  publish(
    definitions:
      | MixpanelDefinitionsLike
      | ((definitions: MixpanelDefinitionsLike) => MixpanelDefinitionsLike),
  ): void;
  /**
   * The newest 10,000 events, tracked or imported, oldest first, each once: of events with the same
   * name, time, distinct id and `$insert_id`, only the first is here.
   */
  readonly events: readonly MixpanelEvent[];
  /** Those of {@link events} that are exposures. */
  readonly exposures: readonly MixpanelEvent[];
  /** The newest 10,000 events that came although {@link events} had them, oldest first. */
  readonly duplicates: readonly MixpanelEvent[];
  /** Resolves with all events as they came, duplicates included, once there were at least `count`. */
  eventsReceived(count: number): Promise<readonly MixpanelEvent[]>;
}

/** Starts an emulator on 127.0.0.1. */
export async function startMixpanelEmulator(
  options: MixpanelEmulatorOptions,
): Promise<MixpanelEmulator> {
  const project = new Project(options);
  const { events, credentials } = project;
  const { url, common } = await serveApi(project.api, options.port);
  return {
    ...common,
    apiHost: url,
    ...credentials,
    get definitions() {
      return project.definitions;
    },
    publish: (definitions) => project.publish(definitions),
    events: events.unique.entries,
    get exposures() {
      return events.unique.entries.filter(({ event }) => event === EXPERIMENT_STARTED);
    },
    duplicates: events.duplicates.entries,
    eventsReceived: (count) => events.all.reached(count),
  };
}
