import type { Reply } from '../http-reply.ts';
import type {
  FlagsmithDocumentLike,
  FlagsmithEvent,
  FlagsmithFlag,
  FlagsmithIdentity,
} from './wire.ts';

/**
 * The flags of an identity, or those of the environment when there is none. What it throws answers the
 * request with 500, and `close` rejects with it.
 */
export type FlagsmithEvaluation = (
  document: FlagsmithDocumentLike,
  identity: FlagsmithIdentity | undefined,
) => readonly FlagsmithFlag[];

/** Options of `startFlagsmithEmulator`. */
export interface FlagsmithEmulatorOptions {
  readonly document: FlagsmithDocumentLike;
  /** The key that may read the environment document. Default: `ser.emulator`. */
  readonly serverKey?: string;
  /** The key that browsers may have. Default: the document's `api_key`. */
  readonly clientKey?: string;
  /** How many identity overrides are on a page of the document, at least 1. Default: all. */
  readonly overridesPerPage?: number;
  /** Whether a Link header names the next page by its path or by its whole address. Default: `path`. */
  readonly nextLink?: 'path' | 'absolute';
  /** Whether the document has Last-Modified and requests for it may be conditional. Default: true. */
  readonly conditional?: boolean;
  /** Evaluates `flags/` and `identities/`. Default: the environment's own values for everybody. */
  readonly evaluate?: FlagsmithEvaluation;
  /** Why a well-formed event is rejected; undefined accepts it. Default: all are accepted. */
  readonly rejectEvent?: (event: FlagsmithEvent) => string | undefined;
  /** Compresses what the API answers, where the request accepts it. Default: plain. */
  readonly encoding?: Reply['encoding'];
  /** Where to listen; lets an emulator come back where it was. Default: any free port. */
  readonly port?: number;
}

/** How a document is published. */
export interface FlagsmithPublishOptions {
  /** Keeps the `updated_at` the document came with. Default: it is set anew. */
  readonly keepUpdatedAt?: boolean;
  /** Tells the open streams nothing. Default: `environment_updated` is sent to all of them. */
  readonly silent?: boolean;
}
