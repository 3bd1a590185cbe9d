import type { Exposure } from '@halyard/core';
import { startFlagd } from './flagd.ts';
import { startFlagsmith } from './flagsmith.ts';
import { startMixpanel } from './mixpanel.ts';
import { startPosthog } from './posthog.ts';

/** The backend of one demo, in the hands of a test: its flags are a copy of the shop's own. */
export interface FlagBackend {
  /** What the demo's server is started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** What an exposure says of the `discount-percent` that visitors get of whom nothing is known. */
  readonly openingDiscount: Partial<Exposure>;
  /** Words of the backend's own format, which no browser ever gets to see. */
  readonly ruleWords: RegExp;
  /**
   * Publishes sound definitions in which visitors of whom nothing is known get this discount; whatever
   * was gone or broken is no more.
   */
  setDiscount(percent: number): Promise<void>;
  /** Takes the definitions away: nobody can get at them. */
  remove(): Promise<void>;
  /** Puts something in the definitions' place that breaks off in the middle of its JSON. */
  corrupt(): Promise<void>;
  stop(): Promise<void>;
}

/** By the name that FLAGS_SOURCE takes. */
const STARTERS: Readonly<Record<string, () => Promise<FlagBackend>>> = {
  flagd: startFlagd,
  flagsmith: startFlagsmith,
  mixpanel: startMixpanel,
  posthog: startPosthog,
};

/** Starts the backend that FLAGS_SOURCE names; without it, flagd's flag file. */
export async function startBackend(): Promise<FlagBackend> {
  const name = process.env.FLAGS_SOURCE ?? 'flagd';
  const start = STARTERS[name];
  if (start === undefined) {
    throw new Error(`FLAGS_SOURCE is "${name}"; tests run on ${Object.keys(STARTERS).join(', ')}.`);
  }
  return start();
}
