import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { closeAfter } from './server-close.ts';

it('whoever closes a server learns of it when the last thing is over, which begins when it is closed', async () => {
  const order: string[] = [];
  const server = createServer((_, response) => {
    server.close(() => order.push('told'));
    response.end('ok', () => order.push('answered'));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    closeAfter(server, () => {
      order.push('last begins');
      resolve();
      return over;
    });
  });
  const { port } = server.address() as AddressInfo;
  await fetch(`http://localhost:${port}`, { headers: { connection: 'close' } });
  await begun;
  expect(order).toEqual(['answered', 'last begins']);
  end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(['answered', 'last begins', 'told']);
});

it('whoever closes a server that is closed learns of that, too', async () => {
  const server = createServer();
  closeAfter(server, async () => {});
  const error = await new Promise((resolve) => server.close(resolve));
  expect(error).toMatchObject({ code: 'ERR_SERVER_NOT_RUNNING' });
});
