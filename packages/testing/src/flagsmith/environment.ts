import { BoundedLog } from '../bounded-log.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import { documentAnswer } from './document-pages.ts';
import { EventIntake } from './event-intake.ts';
import { EventStreams } from './event-streams.ts';
import { Faults } from './faults.ts';
import { environmentFlags, flagsAnswer } from './flags.ts';
import { Identities } from './identities.ts';
import { type FlagsmithEmulatorOptions, type FlagsmithPublishOptions, KEPT } from './options.ts';
import { Publication } from './publication.ts';
import { orRefusal, Refusal } from './refusal.ts';
import { admit, type EnvironmentKeys, type FlagsmithRoute, routeOf } from './routes.ts';
import { UsageCounters } from './usage-counters.ts';
import type { FlagsmithDocumentLike, FlagsmithFlag, FlagsmithIdentity } from './wire.ts';

/** Everything an emulator knows, and its answer to each request. */
export class Environment {
  readonly publication: Publication;
  readonly events: EventIntake;
  readonly counters = new UsageCounters();
  readonly identities = new Identities((identity) => this.evaluate(identity));
  readonly streams = new EventStreams();
  readonly faults = new Faults();
  /** What arrived, by route. */
  readonly logs: Readonly<Record<FlagsmithRoute, BoundedLog<ReceivedRequest>>> = {
    'environment-document': new BoundedLog(KEPT),
    flags: new BoundedLog(KEPT),
    identities: new BoundedLog(KEPT),
    analytics: new BoundedLog(KEPT),
    events: new BoundedLog(KEPT),
    stream: new BoundedLog(KEPT),
  };
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
  }

  /** The keys at the moment: the environment's own may change with the document. */
  get keys(): EnvironmentKeys {
    const environment = this.publication.document.api_key;
    const { serverKey: server = 'ser.emulator', clientKey: client = environment } = this.options;
    return { server, client, environment };
  }

  /** Answers a request: a route's own way, a fault's, or with a refusal. */
  async answer(request: ReceivedRequest): Promise<Reply> {
    const route = routeOf(request);
    if (route === undefined) return new Refusal(404, 'Not found.').reply;
    this.logs[route].add(request);
    return this.faults.answer(route, request, () => this.serve(route, request));
  }

  publish(
    next: FlagsmithDocumentLike | ((document: FlagsmithDocumentLike) => FlagsmithDocumentLike),
    { keepUpdatedAt = false, silent = false }: FlagsmithPublishOptions = {},
  ): void {
    const document = typeof next === 'function' ? next(this.publication.document) : next;
    this.publication.replace(document, keepUpdatedAt ? document.updated_at : undefined);
    if (!silent) this.streams.announce(this.publication.updatedAt);
  }

  private serve(route: FlagsmithRoute, request: ReceivedRequest): Reply {
    const reply = orRefusal(() => {
      admit(route, request, this.keys);
      return this.answers[route](request);
    });
    const { encoding } = this.options;
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const compresses =
      encoding !== undefined && reply.body !== undefined && accepted.includes(encoding);
    return compresses ? { ...reply, encoding } : reply;
  }

  private evaluate(identity?: FlagsmithIdentity): readonly FlagsmithFlag[] {
    const { evaluate = environmentFlags } = this.options;
    return evaluate(this.publication.document, identity);
  }
}
