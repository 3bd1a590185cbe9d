import { BoundedLog } from '../bounded-log.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import { pathOf } from './address.ts';
import { Faults } from './faults.ts';
import { KEPT } from './kept.ts';
import { orRefusal, Refusal } from './refusal.ts';

/** Where a route is. */
export interface Endpoint {
  readonly path: RegExp;
  readonly methods: readonly string[];
}

/** Options of {@link EmulatedApi}. */
export interface EmulatedApiOptions<Route extends string> {
  readonly endpoints: Readonly<Record<Route, Endpoint>>;
  /** Answers a request with a method its route has; may throw a {@link Refusal}. */
  readonly serve: (route: Route, request: ReceivedRequest) => Reply;
  /** How the API words a refusal. */
  readonly refusalBody: (detail: string) => unknown;
  /** Compresses what is answered, where the request accepts it. Default: plain. */
  readonly encoding?: Reply['encoding'];
}

/** What every emulated API does with a request: finds its route, logs it, and lets it fail or be served. */
export class EmulatedApi<Route extends string> {
  readonly faults = new Faults<Route>();
  /** What arrived, by route. */
  private readonly logs: ReadonlyMap<Route, BoundedLog<ReceivedRequest>>;
  private readonly options: EmulatedApiOptions<Route>;

  constructor(options: EmulatedApiOptions<Route>) {
    this.options = options;
    const routes = Object.keys(options.endpoints) as Route[];
    this.logs = new Map(routes.map((route) => [route, new BoundedLog(KEPT)]));
  }

  /** The log of a route. */
  log(route: Route): BoundedLog<ReceivedRequest> {
    const log = this.logs.get(route);
    if (log === undefined) throw new RangeError(`the emulator has no route "${route}"`);
    return log;
  }

  /** Answers a request: a route's own way, a fault's, or with a refusal. */
  async answer(request: ReceivedRequest): Promise<Reply> {
    const route = this.routeOf(request);
    if (route === undefined) {
      return this.refusable(() => {
        throw new Refusal(404, 'Not found.');
      });
    }
    this.log(route).add(request);
    return this.faults.answer(route, request, () => this.serve(route, request));
  }

  /** The route of a request; undefined for paths the API does not have. */
  private routeOf(request: ReceivedRequest): Route | undefined {
    const path = pathOf(request);
    for (const route of this.logs.keys()) {
      if (this.options.endpoints[route].path.test(path)) return route;
    }
    return undefined;
  }

  private serve(route: Route, request: ReceivedRequest): Reply {
    const reply = this.refusable(() => {
      if (!this.options.endpoints[route].methods.includes(request.method)) {
        throw new Refusal(405, `Method "${request.method}" not allowed.`);
      }
      return this.options.serve(route, request);
    });
    const { encoding } = this.options;
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const compresses =
      encoding !== undefined && reply.body !== undefined && accepted.includes(encoding);
    return compresses ? { ...reply, encoding } : reply;
  }

  private refusable(serve: () => Reply): Reply {
    return orRefusal(serve, this.options.refusalBody);
  }
}
