import { inTurn, type ReceivedRequest, type Reply, type ReplyHandler } from '../http-reply.ts';

/** One reply, several in turn, or a function that gives one, possibly later. */
export type EmulatorFaults = Reply | readonly Reply[] | ReplyHandler;

/** The faults that keep a request from being served, rather than its answer from arriving. */
const UNSERVED: ReadonlySet<Reply['fault']> = new Set(['reset', 'hang', 'garble'] as const);

/** What is to go wrong, by route. */
export class Faults<Route extends string> {
  private readonly scripts = new Map<Route, { handler: ReplyHandler; left: number }>();

  /** See `Emulator.fail`. */
  plan(route: Route, faults: EmulatorFaults | undefined, times?: number): void {
    this.scripts.delete(route);
    if (faults === undefined) return;
    const handler = typeof faults === 'function' ? faults : inTurn([faults].flat());
    const used = Array.isArray(faults) ? faults.length : Number.POSITIVE_INFINITY;
    this.scripts.set(route, { handler, left: times ?? used });
  }

  /** Answers a request by what is planned for its route; otherwise by serving it. */
  async answer(route: Route, request: ReceivedRequest, serve: () => Reply): Promise<Reply> {
    const planned = this.take(route);
    if (planned === undefined) return serve();
    const reply = await planned(request);
    if (replaces(reply)) return reply;
    const served = serve();
    return { ...served, ...reply, headers: { ...served.headers, ...reply.headers } };
  }

  private take(route: Route): ReplyHandler | undefined {
    const script = this.scripts.get(route);
    if (script === undefined || script.left <= 0) return undefined;
    script.left--;
    return script.handler;
  }
}

function replaces({ status, body, stream, fault }: Reply): boolean {
  return [status, body, stream].some((part) => part !== undefined) || UNSERVED.has(fault);
}
