import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { endConnections } from './last-requests.ts';

it('a connection that is always in use ends with the response to its next request', async () => {
  const server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const connectionHeader = () =>
    new Promise<string | undefined>((resolve, reject) => {
      request({ port, agent }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.headers.connection));
      })
        .once('error', reject)
        .end();
    });
  expect(await connectionHeader()).toBe('keep-alive');
  endConnections();
  expect(await connectionHeader()).toBe('close');
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
});
