import { EmulatedApi } from '../emulator/api.ts';
import { jsonBody, Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import { requireDefinitionsAccess, requireProject } from './admission.ts';
import { definitionsAnswer } from './definitions.ts';
import { EventIntake } from './event-intake.ts';
import { flagsOfEverybody } from './everybody.ts';
import { flagsAnswer, limitedFlagsAnswer } from './flags.ts';
import { flagsRequest } from './flags-request.ts';
import type { PosthogEmulatorOptions, PosthogKeys, PosthogQuota } from './options.ts';
import { Publication } from './publication.ts';
import { ENDPOINTS, type PosthogRoute } from './routes.ts';
import type { PosthogDefinitionsLike } from './wire.ts';

/** Everything an emulator knows, and its answer to each request. */
export class Project {
  readonly publication: Publication;
  readonly events = new EventIntake();
  readonly keys: PosthogKeys;
  readonly api: EmulatedApi<PosthogRoute>;
  private readonly options: PosthogEmulatorOptions;
  private limited: ReadonlySet<PosthogQuota> = new Set();

  constructor(options: PosthogEmulatorOptions) {
    const {
      projectKey: project = 'phc_emulator',
      secretKey: secret = 'phs_emulator',
      unscopedKey: unscoped = 'phx_unscoped',
    } = options;
    this.options = options;
    this.keys = { project, secret, unscoped };
    this.publication = new Publication(options.definitions);
    const answers: Readonly<Record<PosthogRoute, (request: ReceivedRequest) => Reply>> = {
      definitions: (request) => this.answerDefinitions(request),
      flags: (request) => this.answerFlags(request),
      batch: (request) => this.answerBatch(request),
    };
    this.api = new EmulatedApi({
      endpoints: ENDPOINTS,
      serve: (route, request) => answers[route](request),
      refusalBody: (detail) => detail,
      encoding: options.encoding,
    });
  }

  publish(
    next:
      | PosthogDefinitionsLike
      | ((definitions: PosthogDefinitionsLike) => PosthogDefinitionsLike),
  ): void {
    const { publication } = this;
    publication.replace(typeof next === 'function' ? next(publication.definitions) : next);
  }

  /** From now on, these and only these are used up. */
  limit(quotas: readonly PosthogQuota[]): void {
    this.limited = new Set(quotas);
  }

  private answerDefinitions(request: ReceivedRequest): Reply {
    requireDefinitionsAccess(request, this.keys);
    return definitionsAnswer(this.publication, request, {
      conditional: this.options.conditional !== false,
      isLimited: this.limited.has('feature_flags'),
    });
  }

  private answerFlags(request: ReceivedRequest): Reply {
    const asked = flagsRequest(request, this.keys);
    if (this.limited.has('feature_flags')) return limitedFlagsAnswer();
    const { evaluate = flagsOfEverybody } = this.options;
    const { definitions } = this.publication;
    return flagsAnswer(evaluate(definitions, asked), definitions, asked.flag_keys_to_evaluate);
  }

  private answerBatch(request: ReceivedRequest): Reply {
    const { maxBatchBytes = Number.POSITIVE_INFINITY } = this.options;
    if (Buffer.byteLength(request.body) > maxBatchBytes) {
      throw new Refusal(413, 'The batch is too large.');
    }
    const { api_key, batch } = jsonBody(request);
    requireProject(api_key, this.keys);
    if (this.limited.has('events')) return { body: { status: 1, quota_limited: ['events'] } };
    this.events.take(batch);
    return { body: { status: 1 } };
  }
}
