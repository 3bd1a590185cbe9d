import { EmulatedApi } from '../emulator/api.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import { documentAnswer } from './document-pages.ts';
import { EventIntake } from './event-intake.ts';
import { EventStreams } from './event-streams.ts';
import { environmentFlags, flagsAnswer } from './flags.ts';
import { Identities } from './identities.ts';
import type { FlagsmithEmulatorOptions, FlagsmithPublishOptions } from './options.ts';
import { Publication } from './publication.ts';
import { admit, ENDPOINTS, type EnvironmentKeys, type FlagsmithRoute } from './routes.ts';
import { UsageCounters } from './usage-counters.ts';
import type { FlagsmithDocumentLike, FlagsmithFlag, FlagsmithIdentity } from './wire.ts';

/** Everything an emulator knows, and its answer to each request. */
export class Environment {
  readonly publication: Publication;
  readonly events: EventIntake;
  readonly counters = new UsageCounters();
  readonly identities = new Identities((identity) => this.evaluate(identity));
  readonly streams = new EventStreams();
  readonly api: EmulatedApi<FlagsmithRoute>;
  private readonly options: FlagsmithEmulatorOptions;
  private readonly answers: Readonly<Record<FlagsmithRoute, (request: ReceivedRequest) => Reply>>;

  constructor(options: FlagsmithEmulatorOptions) {
    this.options = options;
    this.publication = new Publication(options.document);
    this.events = new EventIntake(options.rejectEvent);
    this.answers = {
      'environment-document': documentAnswer(this.publication, options),
      flags: flagsAnswer(() => this.evaluate()),
      identities: (request) => this.identities.answer(request),
      analytics: (request) => this.counters.answer(request),
      events: (request) => this.events.answer(request),
      stream: () => this.streams.answer(),
    };
    this.api = new EmulatedApi({
      endpoints: ENDPOINTS,
      serve: (route, request) => {
        admit(route, request, this.keys);
        return this.answers[route](request);
      },
      refusalBody: (detail) => ({ detail }),
      encoding: options.encoding,
    });
  }

  /** The keys at the moment: the environment's own may change with the document. */
  get keys(): EnvironmentKeys {
    const environment = this.publication.document.api_key;
    const { serverKey: server = 'ser.emulator', clientKey: client = environment } = this.options;
    return { server, client, environment };
  }

  publish(
    next: FlagsmithDocumentLike | ((document: FlagsmithDocumentLike) => FlagsmithDocumentLike),
    { keepUpdatedAt = false, silent = false }: FlagsmithPublishOptions = {},
  ): void {
    const document = typeof next === 'function' ? next(this.publication.document) : next;
    this.publication.replace(document, keepUpdatedAt ? document.updated_at : undefined);
    if (!silent) this.streams.announce(this.publication.updatedAt);
  }

  private evaluate(identity?: FlagsmithIdentity): readonly FlagsmithFlag[] {
    const { evaluate = environmentFlags } = this.options;
    return evaluate(this.publication.document, identity);
  }
}
