import { EmulatedApi } from '../emulator/api.ts';
import { EventLog } from '../emulator/event-log.ts';
import { orRefusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import { requireCredentials, requireFlagsAccess } from './admission.ts';
import { identityOf } from './event-identity.ts';
import { variantsOfEverybody } from './everybody.ts';
import { flagsAnswer, flagsRequest } from './flags.ts';
import { importEvents } from './import.ts';
import type { MixpanelCredentials, MixpanelEmulatorOptions } from './options.ts';
import { ENDPOINTS, type MixpanelRoute } from './routes.ts';
import { track } from './track.ts';
import type { MixpanelDefinitionsLike, MixpanelEvent } from './wire.ts';

const SERVICE_ACCOUNT = {
  username: 'emulator.mp-service-account',
  secret: 'emulator-secret',
  projectId: '1234567',
};

const MAX_IMPORT_BYTES = 2_000_000;

/** Everything an emulator knows, and its answer to each request. */
export class Project {
  readonly events = new EventLog<MixpanelEvent>();
  readonly credentials: MixpanelCredentials;
  readonly api: EmulatedApi<MixpanelRoute>;
  private readonly options: MixpanelEmulatorOptions;
  private held: MixpanelDefinitionsLike;

  constructor(options: MixpanelEmulatorOptions) {
    const { token = 'emulator-token', serviceAccount = SERVICE_ACCOUNT } = options;
    this.options = options;
    this.credentials = { token, serviceAccount };
    // A copy, so that nothing is published by changing an object.
    this.held = structuredClone(options.definitions);
    const answers: Readonly<Record<MixpanelRoute, (request: ReceivedRequest) => Reply>> = {
      definitions: (request) => this.answerDefinitions(request),
      flags: (request) => this.answerFlags(request),
      track: (request) => this.answerTrack(request),
      import: (request) => this.answerImport(request),
    };
    this.api = new EmulatedApi({
      endpoints: ENDPOINTS,
      serve: (route, request) => answers[route](request),
      refusalBody: (detail) => detail,
      encoding: options.encoding,
    });
  }

  get definitions(): MixpanelDefinitionsLike {
    return this.held;
  }

  publish(
    next:
      | MixpanelDefinitionsLike
      | ((definitions: MixpanelDefinitionsLike) => MixpanelDefinitionsLike),
  ): void {
    this.held = structuredClone(typeof next === 'function' ? next(this.held) : next);
  }

  private answerDefinitions(request: ReceivedRequest): Reply {
    requireFlagsAccess(request, this.credentials);
    return { body: this.held };
  }

  private answerFlags(request: ReceivedRequest): Reply {
    requireFlagsAccess(request, this.credentials);
    const asked = flagsRequest(request);
    const { evaluate = variantsOfEverybody } = this.options;
    return flagsAnswer(evaluate(this.held, asked), asked);
  }

  private answerTrack(request: ReceivedRequest): Reply {
    const { events, reply } = track(request, this.credentials.token);
    this.keep(events);
    return reply;
  }

  private answerImport(request: ReceivedRequest): Reply {
    const { maxImportBytes: maxBytes = MAX_IMPORT_BYTES, clock = Date.now } = this.options;
    const serve = () => {
      requireCredentials(request, this.credentials);
      const { events, reply } = importEvents(request, { maxBytes, now: clock() });
      this.keep(events);
      return reply;
    };
    return orRefusal(serve, (error) => ({ error, status: 'Error' }));
  }

  private keep(events: readonly MixpanelEvent[]): void {
    for (const event of events) this.events.add(event, identityOf(event));
  }
}
