import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';

const read = (url: unknown) => readAddress('redisDefinitionCache', url);

describe('an address', () => {
  it.each([
    ['redis://localhost', 'localhost', 6379],
    ['redis://10.0.0.1:7000', '10.0.0.1', 7000],
    ['redis://[::1]:7000', '::1', 7000],
    ['REDIS://cache.internal:1', 'cache.internal', 1],
  ])('%s names host and port', (url, host, port) => {
    expect(read(url)).toEqual({
      nodes: [{ host, port }],
      username: undefined,
      password: undefined,
      db: 0,
      usesTls: false,
    });
  });

  it('may have user, password and database', () => {
    expect(read('redis://ann:p%40ss%3Aword@localhost/3')).toMatchObject({
      username: 'ann',
      password: 'p@ss:word',
      db: 3,
    });
    expect(read('redis://:secret@localhost/')).toMatchObject({
      username: undefined,
      password: 'secret',
      db: 0,
    });
  });

  it('asks for TLS with rediss', () => {
    expect(read('rediss://localhost').usesTls).toBe(true);
    expect(read('rediss+cluster://a:1,b:2').usesTls).toBe(true);
  });

  it('may name several nodes of a cluster', () => {
    const nodes = [
      { host: 'a', port: 7000 },
      { host: 'b', port: 6379 },
      { host: '::1', port: 7002 },
    ];
    expect(read('redis+cluster://u:p@a:7000,b,[::1]:7002')).toMatchObject({ nodes, password: 'p' });
    expect(read(['redis://u:p@a:7000', 'redis://b', 'redis://[::1]:7002'])).toMatchObject({
      nodes,
      password: 'p',
    });
  });

  it.each([
    undefined,
    null,
    5,
    {},
    '',
    'localhost:6379',
    'http://localhost',
    'redis://',
    'redis://host:port',
    'redis://host:0',
    'redis://host:65536',
    'redis://host/db',
    'redis://host/0?family=6',
    'redis://%zz@host',
    'redis://a,,b',
    'redis://a b',
    [],
    ['redis://a', 'b'],
  ])('%j is refused', (url) => {
    expect(() => read(url)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringContaining('`url` of redisDefinitionCache must be an address'),
      }),
    );
  });

  it('is never shown in the error, since it may hold a password', () => {
    expect(() => read('redis://ann:hunter2@host:port')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});
