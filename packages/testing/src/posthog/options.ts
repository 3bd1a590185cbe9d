import type { Reply } from '../http-reply.ts';
import type {
  PosthogDefinitionsLike,
  PosthogFlagRecord,
  PosthogFlagsRequest,
  PosthogFlagsResponse,
} from './wire.ts';

/** A flag's value, on or off or a variant, which the emulator makes a record of; or a whole record. */
export type PosthogFlagAnswer = boolean | string | PosthogFlagRecord;

/** The flags of a visitor, and what else of the answer should not be as usual. */
export interface PosthogEvaluated extends Partial<Omit<PosthogFlagsResponse, 'flags'>> {
  readonly flags: Readonly<Record<string, PosthogFlagAnswer>>;
}

/**
 * The flags of a visitor. What it throws answers the request with 500, and `close` rejects with it.
 */
export type PosthogEvaluation = (
  definitions: PosthogDefinitionsLike,
  request: PosthogFlagsRequest,
) => PosthogEvaluated;

/** What a project can have used up: the evaluation of flags, also the local one; or events. */
export type PosthogQuota = 'feature_flags' | 'events';

/** Options of `startPosthogEmulator`. */
export interface PosthogEmulatorOptions {
  readonly definitions: PosthogDefinitionsLike;
  /** The key that names the project, and that browsers may have. Default: `phc_emulator`. */
  readonly projectKey?: string;
  /** The key that may read the definitions. Default: `phs_emulator`. */
  readonly secretKey?: string;
  /** A key of the project that may not read the definitions: 403. Default: `phx_unscoped`. */
  readonly unscopedKey?: string;
  /**
   * Evaluates `/flags/`. Default: an active flag is on, with the variant its condition names, if one of
   * its conditions is for everybody.
   */
  readonly evaluate?: PosthogEvaluation;
  /** Whether definitions have an ETag and requests for them may be conditional. Default: true. */
  readonly conditional?: boolean;
  /** How many bytes a batch may have, decompressed; a larger one is answered 413. Default: any number. */
  readonly maxBatchBytes?: number;
  /** Compresses what the API answers, where the request accepts it. Default: plain. */
  readonly encoding?: Reply['encoding'];
  /** Where to listen; lets an emulator come back where it was. Default: any free port. */
  readonly port?: number;
}

/** The keys of a project. */
export interface PosthogKeys {
  readonly project: string;
  readonly secret: string;
  readonly unscoped: string;
}
