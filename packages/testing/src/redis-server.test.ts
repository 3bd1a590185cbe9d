import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RedisServer, startRedisServer } from './redis-server.ts';

let server: RedisServer | undefined;
afterEach(() => server?.close());

/** Sends one command and gives the first line of the answer. */
async function ask({ port }: RedisServer, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${command}\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer).split('\r\n')[0] ?? '';
}

describe('a Redis server for tests', () => {
  it('takes commands, and has forgotten everything after it was killed', async () => {
    server = await startRedisServer();
    expect(await ask(server, 'SET color red')).toBe('+OK');
    await server.kill();
    await expect(ask(server, 'PING')).rejects.toThrow('ECONNREFUSED');
    await server.restart();
    expect(await ask(server, 'GET color')).toBe('$-1');
  });

  it('answers nothing while it is frozen, and everything afterwards', async () => {
    server = await startRedisServer();
    server.freeze();
    const answer = ask(server, 'PING');
    const silence = new Promise((resolve) => setTimeout(() => resolve('silence'), 100));
    expect(await Promise.race([answer, silence])).toBe('silence');
    server.thaw();
    expect(await answer).toBe('+PONG');
  });

  it('takes further arguments', async () => {
    server = await startRedisServer({ args: ['--requirepass', 'secret'] });
    expect(await ask(server, 'PING')).toMatch('-NOAUTH');
  });

  it('says what to do where there is no such program', async () => {
    const before = process.env.REDIS_SERVER;
    process.env.REDIS_SERVER = '/nowhere/redis-server';
    try {
      await expect(startRedisServer()).rejects.toThrow('set REDIS_SERVER');
    } finally {
      if (before === undefined) delete process.env.REDIS_SERVER;
      else process.env.REDIS_SERVER = before;
    }
  });
});
