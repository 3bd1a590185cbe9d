import type { Socket } from 'node:net';
import type { Agent } from 'undici';

/** The connections of a client. */
export interface Agents {
  /** For requests with an answer; one under way keeps the process alive. */
  readonly exchanges: Agent;
  /** For streams: they have no end, and must not keep the process alive. */
  readonly streams: Agent;
}

/** Loaded with the first request: programs whose flags are in a file never pay for it. */
export async function loadAgents(): Promise<Agents> {
  const { Agent, buildConnector } = await import('undici');
  const connect = buildConnector({});
  return {
    exchanges: new Agent({ pipelining: 1 }),
    streams: new Agent({
      pipelining: 1,
      connect(options, callback) {
        // The connector returns its socket, which its type leaves out. Let go of already here, since
        // connecting to a host that does not answer takes seconds.
        const socket = connect(options, callback) as unknown as Socket;
        socket.unref();
      },
    }),
  };
}
