import type { Reply } from '../http-reply.ts';
import type { MixpanelDefinitionsLike, MixpanelFlagsRequest, MixpanelSelection } from './wire.ts';

/** A user of the project that is a program. */
export interface MixpanelServiceAccount {
  readonly username: string;
  readonly secret: string;
  readonly projectId: string;
}

/**
 * The variants of a visitor by flag; a flag that is not there, or undefined, has none. What it throws answers the
 * request with 500, and `close` rejects with it.
 */
export type MixpanelEvaluation = (
  definitions: MixpanelDefinitionsLike,
  request: MixpanelFlagsRequest,
) => Readonly<Record<string, MixpanelSelection | undefined>>;

/** Options of `startMixpanelEmulator`. */
export interface MixpanelEmulatorOptions {
  readonly definitions: MixpanelDefinitionsLike;
  /** The project's token, which browsers may have. Default: `emulator-token`. */
  readonly token?: string;
  /** Default: `emulator.mp-service-account`, `emulator-secret` and `1234567`. */
  readonly serviceAccount?: MixpanelServiceAccount;
  /**
   * Evaluates `/flags`. Default: a visitor has the variant that a rollout without conditions gives to
   * everybody.
   */
  readonly evaluate?: MixpanelEvaluation;
  /** How many bytes an import may have, decompressed; more are answered 413. Default: 2,000,000. */
  readonly maxImportBytes?: number;
  /** The time that imports are compared with, in Unix milliseconds. Default: the system's. */
  readonly clock?: () => number;
  /** Compresses what the API answers, where the request accepts it. Default: plain. */
  readonly encoding?: Reply['encoding'];
  /** Where to listen; lets an emulator come back where it was. Default: any free port. */
  readonly port?: number;
}

/** What requests to a project are let in with. */
export interface MixpanelCredentials {
  readonly token: string;
  readonly serviceAccount: MixpanelServiceAccount;
}
