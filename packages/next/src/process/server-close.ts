import type { Server } from 'node:http';

/**
 * Has whoever closes the server from now on wait for something more before they learn that it is closed,
 * by which they end the process. It must not reject.
 */
export function closeAfter(server: Server, last: () => Promise<void>): void {
  const close = server.close;
  server.close = (callback) =>
    close.call(server, (error) => {
      void last().then(() => callback?.(error));
    });
}
