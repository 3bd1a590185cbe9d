import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createTransport } from '../transport.ts';

it('lets go of the connection whose redirect leads to an invalid address', async () => {
  let released = () => {};
  const connectionEnded = new Promise<void>((resolve) => {
    released = resolve;
  });
  const server = createServer((request, response) => {
    request.socket.once('close', released);
    // More than fits into buffers, and without an end: only the client can break this off.
    response.writeHead(302, { location: 'http://[' }).write('moved'.repeat(1_000_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const settings = { timeout: 500, maxAttempts: 1, maxResponseBytes: 1000 };
  const transport = createTransport(settings, Date.now);
  try {
    await expect(transport.send({ url: `http://127.0.0.1:${port}/` })).rejects.toThrow(
      /redirect to an invalid address/,
    );
    await connectionEnded;
  } finally {
    await transport.close();
    server.closeAllConnections();
    server.close();
  }
});
