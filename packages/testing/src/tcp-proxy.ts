import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network between a program and a server on 127.0.0.1, which a test can break. */
export interface TcpProxy {
  readonly port: number;
  /**
   * Swallows what the connections of now send, in both directions, as a network does that lost their
   * state. They stay open; new ones work.
   */
  swallow(): void;
  /** Takes new connections, and swallows what all send, until `mend` is called. */
  cut(): void;
  /** Lets new connections through again. */
  mend(): void;
  /** How many connections there have been. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of 127.0.0.1 to another port there. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly Socket[]>();
  let connections = 0;
  let isCut = false;
  const server = createServer((near) => {
    connections++;
    const far = isCut ? undefined : connect(target, '127.0.0.1');
    const pair = far === undefined ? [near] : [near, far];
    pairs.add(pair);
    for (const socket of pair) {
      // Either side may go at any time; the other goes with it.
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
    if (far === undefined) near.resume();
    else near.pipe(far).pipe(near);
  });
  const swallow = () => {
    for (const [near, far] of pairs) {
      near?.unpipe().resume();
      far?.unpipe().resume();
    }
  };
  return {
    port: await listen(server),
    get connections() {
      return connections;
    },
    swallow,
    cut() {
      isCut = true;
      swallow();
    },
    mend() {
      isCut = false;
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      return closed;
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
