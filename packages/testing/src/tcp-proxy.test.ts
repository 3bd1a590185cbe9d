import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let echo: Server;
let proxy: TcpProxy;
const sockets: Socket[] = [];

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startTcpProxy((echo.address() as { port: number }).port);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await proxy.close();
  echo.close();
});

async function open(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** What comes back; `silence` when nothing does. */
async function send(socket: Socket, text: string): Promise<string> {
  const silence = new Promise<[string]>((resolve) => setTimeout(() => resolve(['silence']), 100));
  socket.write(text);
  const [answer] = await Promise.race([once(socket, 'data'), silence]);
  return String(answer);
}

describe('a network that a test can break', () => {
  it('passes on what both sides send', async () => {
    expect(await send(await open(), 'ping')).toBe('ping');
    expect(proxy.connections).toBe(1);
  });

  it('swallows what connections of now send, and passes on what new ones do', async () => {
    const old = await open();
    expect(await send(old, 'one')).toBe('one');
    proxy.swallow();
    expect(await send(old, 'two')).toBe('silence');
    expect(await send(await open(), 'three')).toBe('three');
  });

  it('swallows everything while it is cut', async () => {
    const old = await open();
    expect(await send(old, 'one')).toBe('one');
    proxy.cut();
    expect(await send(old, 'two')).toBe('silence');
    expect(await send(await open(), 'three')).toBe('silence');
    proxy.mend();
    expect(await send(await open(), 'four')).toBe('four');
  });
});
