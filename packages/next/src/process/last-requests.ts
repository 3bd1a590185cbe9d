import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

/** Node's own name for it, see its documentation of `diagnostics_channel`. */
export const REQUEST_STARTS = 'http.server.request.start';

/**
 * Has every connection end with the response to its next request, for as long as the process lasts. A
 * server that is closed takes no new connections, but waits for those it has; and one that is used all
 * the time, such as a load balancer's, would never end.
 */
export function endConnections(): void {
  subscribe(REQUEST_STARTS, (message) => {
    const { response } = message as { response: ServerResponse };
    // Nothing is sent yet at this point; what a listener throws would end the process.
    if (!response.headersSent) response.setHeader('Connection', 'close');
  });
}
