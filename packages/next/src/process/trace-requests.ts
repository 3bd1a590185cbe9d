import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { RequestTrace } from '../request/request-trace.ts';
import { REQUEST_STARTS } from './last-requests.ts';

/** Follows every request that a server of this process takes. */
export interface RequestTracing {
  /** The request that the code at hand works for; undefined outside of requests, and on other hosts. */
  current(): RequestTrace | undefined;
  /** The servers that have taken any and are not closed: beside Next's own there may be others. */
  readonly servers: ReadonlySet<Server>;
  /** Ends it. */
  stop(): void;
}

/**
 * Begins to follow requests: those that start from now on, and for each of them everything that is done
 * for it, up to what Next runs after the response.
 */
export function traceRequests(): RequestTracing {
  const traces = new AsyncLocalStorage<RequestTrace | undefined>();
  const servers = new Set<Server>();
  const onStart = (message: unknown) => {
    try {
      const { request, response, server } = message as {
        request: IncomingMessage;
        response: ServerResponse;
        server: Server;
      };
      if (!servers.has(server)) {
        servers.add(server);
        server.once('close', () => servers.delete(server));
      }
      traces.enterWith(new RequestTrace(request, response));
    } catch {
      // What a listener throws ends the process. Without a trace, what Next itself shows has to do.
      traces.enterWith(undefined);
    }
  };
  subscribe(REQUEST_STARTS, onStart);
  return {
    current: () => traces.getStore(),
    servers,
    stop() {
      unsubscribe(REQUEST_STARTS, onStart);
      // Node would go on to hand it through everything that is awaited, once more after each edit in
      // development.
      traces.disable();
    },
  };
}
